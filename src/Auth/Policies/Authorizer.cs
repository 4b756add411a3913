using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.Auth.Policies;

/// <summary>
/// Decides each permission that an operation requires; anything not allowed is denied. A root may do everything to what its account
/// owns; an anonymous sender nothing. Identity and bucket policies join here, behind the same question.
/// </summary>
public static class Authorizer
{
    /// <summary>
    /// Decides one permission. <paramref name="resourceOwnerAccountId"/> is the account that owns the bucket; null where the resource
    /// has no owner yet (ListBuckets, CreateBucket of a free name, a bucket that does not exist), which belongs to whoever asks.
    /// </summary>
    public static AuthorizationDecision Decide(Identity identity, RequiredPermission permission, string? resourceOwnerAccountId)
    {
        ArgumentException.ThrowIfNullOrEmpty(permission.Action);
        ArgumentException.ThrowIfNullOrEmpty(permission.ResourceArn);
        var owns = resourceOwnerAccountId is null || resourceOwnerAccountId == identity.AccountId;
        return identity.IsRoot && owns ? AuthorizationDecision.Allow : AuthorizationDecision.Deny;
    }
}
