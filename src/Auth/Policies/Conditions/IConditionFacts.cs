namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>
/// What is known of a request, by condition key. Asked only where a policy has a condition or a variable on the key, so that values may
/// be made on demand; the same question has the same answer for as long as one decision takes. What the server knows by itself (addresses,
/// times, identities) never comes from what the client sent under that name.
/// </summary>
public interface IConditionFacts
{
    /// <summary>The request's values of a key; none where the request has not got it.</summary>
    ConditionValues Find(ConditionKey key);
}
