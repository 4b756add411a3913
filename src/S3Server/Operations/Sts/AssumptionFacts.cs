using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>
/// The values of the condition keys when a role is assumed: those of any request, those that the request names, and what an identity provider
/// says of whom it vouches for (<c>id.example.com:sub</c> and so on).
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html"/>
internal sealed class AssumptionFacts(QueryRequest request, RoleRecord role, IReadOnlyList<IdentityTag> tags, WebIdentity? who) : IConditionFacts
{
    public ConditionValues Find(ConditionKey key) => key.Id switch
    {
        ConditionKeyId.StsExternalId => ConditionValues.Of(request.Find("ExternalId")),
        ConditionKeyId.StsRoleSessionName => ConditionValues.Of(request.Find("RoleSessionName")),
        ConditionKeyId.RequestTag => TagOf(tags, key.Parameter!),
        ConditionKeyId.TagKeys => tags.Count == 0 ? default : ConditionValues.OfAll([.. tags.Select(tag => tag.Key)]),
        ConditionKeyId.ResourceTag => TagOf(role.Tags, key.Parameter!),
        ConditionKeyId.ResourceAccount => ConditionValues.Of(role.AccountId),
        ConditionKeyId.FederatedProvider when who is not null => ConditionValues.Of(who.Provider.Arn()),
        ConditionKeyId.Other when who is not null => ClaimOf(who, key.Name),
        _ => request.Facts.Find(key),
    };

    private static ConditionValues TagOf(IReadOnlyList<IdentityTag> tags, string name) =>
        ConditionValues.Of(tags.FirstOrDefault(tag => tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value);

    /// <summary>AWS: aud is whom the token was issued to where it says so (azp); oaud is its aud in any case.</summary>
    private static ConditionValues ClaimOf(WebIdentity who, string key)
    {
        var prefix = who.Provider.Name + ":";
        if (!key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        return key[prefix.Length..].ToLowerInvariant() switch
        {
            "aud" => ConditionValues.Of(who.Audience),
            "sub" => ConditionValues.Of(who.Token.Subject),
            "azp" => ConditionValues.Of(who.Token.AuthorizedParty),
            "oaud" => who.Token.Audiences.Count == 0 ? default : ConditionValues.OfAll(who.Token.Audiences),
            "amr" => who.Token.Methods.Count == 0 ? default : ConditionValues.OfAll(who.Token.Methods),
            _ => default,
        };
    }
}
