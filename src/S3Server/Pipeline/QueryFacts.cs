using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>The values of the condition keys of a request of the query protocol: those of any request, and those of what it is done to.</summary>
internal sealed class QueryFacts(RequestFacts request, QueryTarget target) : IConditionFacts
{
    public ConditionValues Find(ConditionKey key) => key.Id switch
    {
        ConditionKeyId.IamPolicyArn => ConditionValues.Of(target.PolicyArn),
        ConditionKeyId.IamPermissionsBoundary => ConditionValues.Of(target.PermissionsBoundary),
        ConditionKeyId.StsExternalId => ConditionValues.Of(target.ExternalId),
        ConditionKeyId.StsRoleSessionName => ConditionValues.Of(target.RoleSessionName),
        ConditionKeyId.RequestTag => TagOf(target.RequestTags, key.Parameter!),
        ConditionKeyId.ResourceTag => TagOf(target.ResourceTags, key.Parameter!),
        ConditionKeyId.TagKeys => target.TagKeys.Count == 0 ? default : ConditionValues.OfAll(target.TagKeys),
        _ => request.Find(key),
    };

    private static ConditionValues TagOf(IReadOnlyList<IdentityTag> tags, string name) =>
        ConditionValues.Of(tags.FirstOrDefault(tag => tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value);
}
