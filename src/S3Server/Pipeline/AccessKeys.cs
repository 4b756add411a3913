using System.Collections.Frozen;
using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>The access keys that requests may be signed with.</summary>
internal sealed class AccessKeys(IEnumerable<AccessKey> keys)
{
    private readonly FrozenDictionary<string, AccessKey> _byId = keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);

    public AccessKey? Find(string accessKeyId) => _byId.GetValueOrDefault(accessKeyId);
}
