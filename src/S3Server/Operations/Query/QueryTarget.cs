using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Query;

/// <summary>What an action is done to, as policies see it: the resource, and the values of the condition keys that are its own.</summary>
/// <param name="Arn">The resource that <c>service:Action</c> has to be allowed on; <c>*</c> for none.</param>
/// <seealso href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html"/>
internal sealed record QueryTarget(string Arn)
{
    /// <summary>The account that owns the resource; null: the caller's.</summary>
    public string? AccountId { get; init; }

    /// <summary>What the resource becomes by the action, which has to be allowed on it as well; null where it stays what it is.</summary>
    public string? BecomesArn { get; init; }

    /// <summary>The resource's own policy (a role's trust policy); null where it has none.</summary>
    public Policy? ResourcePolicy { get; init; }

    /// <summary>aws:ResourceTag and iam:ResourceTag.</summary>
    public IReadOnlyList<IdentityTag> ResourceTags { get; init; } = [];

    /// <summary>aws:RequestTag.</summary>
    public IReadOnlyList<IdentityTag> RequestTags { get; init; } = [];

    /// <summary>aws:TagKeys: of the tags that the request gives, or takes away.</summary>
    public IReadOnlyList<string> TagKeys
    {
        get => field ?? [.. RequestTags.Select(tag => tag.Key)];
        init;
    }

    /// <summary>iam:PolicyARN: the managed policy that is attached or detached.</summary>
    public string? PolicyArn { get; init; }

    /// <summary>iam:PermissionsBoundary: of the user or role, or the one that the request sets.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>sts:ExternalId.</summary>
    public string? ExternalId { get; init; }

    /// <summary>sts:RoleSessionName.</summary>
    public string? RoleSessionName { get; init; }
}
