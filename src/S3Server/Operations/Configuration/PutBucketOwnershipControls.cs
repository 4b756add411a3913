using S3Cassandra.Auth.AccessControl;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Says who owns what is written into a bucket. Lists that give to others have to go before they stop to mean anything.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html"/>
internal sealed class PutBucketOwnershipControls(BucketStore buckets) : IS3Operation<PutBucketOwnershipControlsInput>
{
    public async ValueTask<PutBucketOwnershipControlsInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var document = await BucketDocument.ReadAsync(context, "OwnershipControls", cancellationToken);
        if (document.Children is not [{ Name: "Rule", Children: [{ Name: "ObjectOwnership" } ownership] }])
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        return new PutBucketOwnershipControlsInput(OwnershipNames.Parse(ownership.Text) ?? throw new S3Exception(S3Errors.MalformedXML));
    }

    public void Require(PutBucketOwnershipControlsInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketOwnershipControls, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(PutBucketOwnershipControlsInput input, S3Context context, CancellationToken cancellationToken) =>
        buckets.ChangeAsync(context, bucket => Changeable(bucket, input) with { Ownership = input.Ownership }, cancellationToken);

    private static BucketRecord Changeable(BucketRecord bucket, PutBucketOwnershipControlsInput input) =>
        input.Ownership == ObjectOwnership.BucketOwnerEnforced
        && AccessControlListCodec.Decode(bucket.Acl.Span, bucket.Owner.CanonicalId).GivesToOthers(bucket.Owner.CanonicalId)
            ? throw new S3Exception(S3Errors.InvalidBucketAclWithObjectOwnership)
            : bucket;
}
