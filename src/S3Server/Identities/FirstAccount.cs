using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.S3Server.Identities;

/// <summary>The account that the store was made with, and its root's access key id, which may stand in the settings and in no record.</summary>
internal sealed class FirstAccount(AccessKey root)
{
    public string AccountId => root.Identity.AccountId;

    public bool IsRootKey(string accessKeyId) => accessKeyId == root.Id;
}
