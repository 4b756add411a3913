using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>What users, groups and roles do not have in common: what the API calls them, where they are kept, how their policies are set.</summary>
/// <param name="Name">User, Group or Role: in the names of actions, parameters and elements.</param>
/// <param name="MaxName">How long a name may be.</param>
/// <param name="MaxInline">How long the inline policies may be together, white space not counted.</param>
/// <param name="Records">Where they are kept.</param>
/// <param name="WithPolicies">The record with other inline policies.</param>
/// <param name="WithAttached">The record with other attached policies.</param>
internal sealed record HolderKind<T>(
    string Name,
    int MaxName,
    int MaxInline,
    NamedRecords<T> Records,
    Func<T, IReadOnlyList<NamedPolicy>, T> WithPolicies,
    Func<T, IReadOnlyList<PolicyReference>, T> WithAttached)
    where T : class, IPolicyHolder;
