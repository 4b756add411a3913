using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Makes a bucket in the server's region.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html"/>
internal sealed class CreateBucket(BucketStore buckets, AccessLists lists, string region) : IS3Operation<CreateBucketInput>
{
    /// <summary>The region whose name a location constraint leaves out.</summary>
    public const string DefaultRegion = "us-east-1";

    private const string TagResource = "s3:TagResource";

    public async ValueTask<CreateBucketInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        if (!BucketName.IsValid(context.Target.Bucket))
        {
            throw new S3Exception(S3Errors.InvalidBucketName, null, ("BucketName", context.Target.Bucket));
        }

        var body = await context.Body.ReadAllAsync(BucketDocument.MaxLength, cancellationToken);
        var document = body.IsEmpty ? null : S3XmlReader.Parse(body, "CreateBucketConfiguration", maxElements: 1_000);
        if (document?.Child("Location") is not null || document?.Child("Bucket") is not null)
        {
            throw new S3Exception(S3Errors.NotImplemented, "Directory buckets are not implemented.");
        }

        CheckLocation(document?.Child("LocationConstraint")?.Text);
        var acl = AclHeaders.Any(context) ? AclHeaders.Parse(context.Header, ofBucket: true) : AclRequest.None;
        return new CreateBucketInput(document?.Child("Tags") is { } tags ? TagSet.Parse(tags, TagSet.MaxOfBucket) : [], ParseOwnership(context), acl);
    }

    public void Require(CreateBucketInput input, S3Context context, RequiredPermissions permissions)
    {
        var bucket = RequiredPermissions.BucketArn(context.Target.Bucket);
        permissions.Add(S3Action.CreateBucket, bucket);
        if (input.Tags.Count > 0)
        {
            permissions.Add(TagResource, bucket);
        }

        if (AclHeaders.Any(context))
        {
            permissions.Add(S3Action.PutBucketAcl, bucket);
        }

        if (context.Header(OwnershipNames.Header) is not null)
        {
            permissions.Add(S3Action.PutBucketOwnershipControls, bucket);
        }
    }

    public async ValueTask ExecuteAsync(CreateBucketInput input, S3Context context, CancellationToken cancellationToken)
    {
        var name = context.Target.Bucket;
        var described = await DescribeAsync(input, context, cancellationToken);
        var outcome = await buckets.CreateAsync(described, cancellationToken);
        switch (outcome.Status)
        {
            case CreateBucketStatus.OwnedByYou when region == DefaultRegion:
                await ResetAclAsync(outcome.Bucket!, described, context, cancellationToken);
                goto case CreateBucketStatus.Created;
            case CreateBucketStatus.Created:
                context.Http.Response.Headers.Location = "/" + name;
                context.Http.Response.Headers["x-amz-bucket-arn"] = RequiredPermissions.BucketArn(name);
                return;
            case CreateBucketStatus.OwnedByYou:
                throw new S3Exception(S3Errors.BucketAlreadyOwnedByYou, null, ("BucketName", name));
            case CreateBucketStatus.Taken:
                throw new S3Exception(S3Errors.BucketAlreadyExists, null, ("BucketName", name));
            default:
                throw BucketOutcomes.Unknown();
        }
    }

    private static ObjectOwnership ParseOwnership(S3Context context) => context.Header(OwnershipNames.Header) is not { } name
        ? ObjectOwnership.BucketOwnerEnforced
        : OwnershipNames.Parse(name) ?? throw new S3Exception(
            S3Errors.InvalidArgument,
            $"Invalid x-amz-object-ownership header: {name}",
            ("ArgumentName", OwnershipNames.Header),
            ("ArgumentValue", name));

    private async ValueTask<BucketRecord> DescribeAsync(CreateBucketInput input, S3Context context, CancellationToken cancellationToken)
    {
        var described = new BucketRecord
        {
            Name = context.Target.Bucket,
            Id = default,
            Created = default,
            Region = region,
            Owner = context.Caller,
            Tags = input.Tags,
            Ownership = input.Ownership,
        };
        var owner = described.Owner.CanonicalId;
        return !described.UsesAcls && input.Acl.For(owner, owner).GivesToOthers(owner)
            ? throw new S3Exception(S3Errors.InvalidBucketAclWithObjectOwnership)
            : described with { Acl = await lists.OfBucketAsync(input.Acl, described, cancellationToken) };
    }

    /// <summary>Whoever makes its own bucket again in us-east-1 resets its access control list, as at AWS.</summary>
    private async ValueTask ResetAclAsync(BucketRecord existing, BucketRecord described, S3Context context, CancellationToken cancellationToken)
    {
        if (existing.UsesAcls && !existing.Acl.Span.SequenceEqual(described.Acl.Span))
        {
            BucketOutcomes.Require(
                await buckets.ChangeAsync(existing, bucket => bucket with { Acl = described.Acl }, cancellationToken), context);
        }
    }

    /// <summary>
    /// A bucket is made where its server is. In us-east-1 no constraint names that; elsewhere the constraint has to, as at AWS's
    /// endpoints of one region.
    /// </summary>
    private void CheckLocation(string? constraint)
    {
        if (region == DefaultRegion)
        {
            if (!string.IsNullOrEmpty(constraint))
            {
                throw new S3Exception(S3Errors.InvalidLocationConstraint, null, ("LocationConstraint", constraint));
            }
        }
        else if (constraint != region && !(constraint == "EU" && region == "eu-west-1"))
        {
            var named = string.IsNullOrEmpty(constraint) ? "unspecified" : constraint;
            throw new S3Exception(
                S3Errors.IllegalLocationConstraintException,
                $"The {named} location constraint is incompatible for the region specific endpoint this request was sent to.");
        }
    }
}
