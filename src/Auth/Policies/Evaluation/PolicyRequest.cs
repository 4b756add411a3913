using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Conditions;

namespace S3Cassandra.Auth.Policies.Evaluation;

/// <summary>One question: may this identity do this action to this resource, under these circumstances?</summary>
public readonly struct PolicyRequest
{
    private const string EveryBucket = "arn:aws:s3:::*";

    /// <param name="identity">Who asks.</param>
    /// <param name="action">The action, as <see cref="S3Action"/> names it.</param>
    /// <param name="resource">The resource's ARN, the key of an object as it is; <c>*</c> for an action of S3 on no resource.</param>
    /// <param name="resourceAccountId">
    /// The account that owns the resource; null where it has no owner yet (ListBuckets, CreateBucket of a free name): it counts as the asker's.
    /// </param>
    /// <param name="facts">The values of the condition keys.</param>
    public PolicyRequest(Identity identity, string action, string resource, string? resourceAccountId, IConditionFacts facts)
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        ArgumentException.ThrowIfNullOrEmpty(resource);
        Identity = identity;
        Action = action;

        // AWS's own examples allow s3:ListAllMyBuckets on arn:aws:s3:::* and on *.
        Resource = resource == "*" && action.StartsWith("s3:", StringComparison.Ordinal) ? EveryBucket : resource;
        ResourceAccountId = resourceAccountId;
        Facts = facts;
    }

    public Identity Identity { get; }

    public string Action { get; }

    public string Resource { get; }

    public string? ResourceAccountId { get; }

    public IConditionFacts Facts { get; }

    /// <summary>Whether asker and resource are of one account. Nobody's account is the anonymous's.</summary>
    internal bool IsSameAccount => !Identity.IsAnonymous && (ResourceAccountId is null || ResourceAccountId == Identity.AccountId);

    /// <summary>Whether the root of the account that owns the resource asks.</summary>
    internal bool IsOwningRoot => Identity.IsRoot && Identity.IssuerArn is null && IsSameAccount;
}
