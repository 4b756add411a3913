using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Whose keys an action is about: a user's, or the root's of an account.</summary>
/// <param name="Name">The user's name; empty for a root.</param>
/// <param name="Id">The user's id; for a root its account's.</param>
/// <param name="Target">As policies see it.</param>
/// <param name="Keys">The keys there are.</param>
internal sealed record KeyOwner(string AccountId, string Name, string Id, QueryTarget Target, IReadOnlyList<UserKey> Keys)
{
    /// <summary>The key's record without its secret, as far as changing it goes.</summary>
    public KeyRecord Key(string keyId, string secret = "") => new(keyId, secret, AccountId, Name, Id);
}
