using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Decides every permission that an operation named, those on another bucket (a copy's source) included.</summary>
internal sealed class Authorization(BucketStore buckets)
{
    private const string ArnPrefix = "arn:aws:s3:::";

    /// <exception cref="S3Exception">AccessDenied, for a permission that does not belong to an item of a batch.</exception>
    public async ValueTask DecideAsync(S3Context context, CancellationToken cancellationToken)
    {
        foreach (var (action, resource, item) in context.Permissions.All)
        {
            var owner = await OwnerAsync(context, resource, cancellationToken);
            if (Authorizer.Decide(context.Identity, new RequiredPermission(action, resource), owner) is AuthorizationDecision.Allow)
            {
                continue;
            }

            if (item < 0)
            {
                throw new S3Exception(S3Errors.AccessDenied);
            }

            context.Permissions.Refuse(item);
        }
    }

    private async ValueTask<string?> OwnerAsync(S3Context context, string resource, CancellationToken cancellationToken)
    {
        if (!resource.StartsWith(ArnPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = BucketOf(resource);
        if (name.SequenceEqual(context.Target.Bucket))
        {
            return context.HasBucket ? context.Bucket.Owner.AccountId : null;
        }

        var owner = (await buckets.FindAsync(name.ToString(), cancellationToken))?.Owner.AccountId;
        if (owner is not null)
        {
            ExpectedOwner.Check(context, ExpectedOwner.SourceHeader, owner);
        }

        return owner;
    }

    private static ReadOnlySpan<char> BucketOf(string arn)
    {
        var rest = arn.AsSpan(ArnPrefix.Length);
        var slash = rest.IndexOf('/');
        return slash < 0 ? rest : rest[..slash];
    }
}
