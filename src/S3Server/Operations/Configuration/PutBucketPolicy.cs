using System.Text;
using S3Cassandra.Auth.Policies;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Replaces a bucket's policy. It comes back as it was put.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html"/>
internal sealed class PutBucketPolicy(BucketStore buckets, AccountPublicAccessBlocks blocks, NamedPrincipals principals)
    : IS3Operation<PutBucketPolicyInput>
{
    public async ValueTask<PutBucketPolicyInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var text = await context.Body.ReadAllAsync(BucketDocument.MaxLength, cancellationToken);
        var parse = PolicyParser.ParseBucketPolicy(text.Span, context.Target.Bucket);
        return parse.Policy is { } policy
            ? new PutBucketPolicyInput(Encoding.UTF8.GetString(text.Span), policy)
            : throw new S3Exception(S3Errors.Named(parse.Failure!.Code), parse.Failure.Message);
    }

    public void Require(PutBucketPolicyInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketPolicy, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(PutBucketPolicyInput input, S3Context context, CancellationToken cancellationToken)
    {
        await RequireKnownAsync(input.Policy, cancellationToken);
        var blocked = PublicPolicy.IsPublic(input.Policy) ? await blocks.FindAsync(context.Bucket.Owner.AccountId, cancellationToken) : null;
        await buckets.ChangeAsync(context, bucket => Unblocked(bucket, input, blocked) with { Policy = input.Text }, cancellationToken);
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Whom a policy names has to be there when it is put.</summary>
    private async ValueTask RequireKnownAsync(Policy policy, CancellationToken cancellationToken)
    {
        foreach (var principal in policy.Statements.SelectMany(statement => statement.Principals?.Entries ?? []).Distinct())
        {
            if (!await principals.ExistsAsync(principal, cancellationToken))
            {
                throw new S3Exception(S3Errors.MalformedPolicy, "Invalid principal in policy", ("Detail", principal.Value));
            }
        }
    }

    private static BucketRecord Unblocked(BucketRecord bucket, PutBucketPolicyInput input, PublicAccessBlock? account) =>
        PublicPolicy.IsPublic(input.Policy) && PublicAccessBlock.Both(bucket.PublicAccessBlock, account).BlockPublicPolicy
            ? throw new S3Exception(
                S3Errors.AccessDenied, "Public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.")
            : bucket;
}
