using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The JSON of managed policies in requests.</summary>
internal static class PolicyDocuments
{
    /// <summary>AWS's quota of a managed policy, white space not counted.</summary>
    private const int MaxCharacters = 6144;

    /// <exception cref="QueryException">ValidationError, MalformedPolicyDocument, LimitExceeded.</exception>
    public static string Read(QueryRequest request)
    {
        var document = InlinePolicies.Document(request, "PolicyDocument", PolicyKind.Identity);
        return InlinePolicies.Characters(document) <= MaxCharacters
            ? document
            : throw QueryException.LimitExceeded($"Cannot exceed quota for PolicySize: {MaxCharacters}");
    }
}
