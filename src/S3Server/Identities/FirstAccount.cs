namespace S3Cassandra.S3Server.Identities;

/// <summary>The account that the store was made with, and its root's access key id, which may stand in the settings and in no record.</summary>
internal sealed class FirstAccount(RootAccess root)
{
    public string AccountId => root.AccountId;

    public async ValueTask<bool> IsRootKeyAsync(string accessKeyId, CancellationToken cancellationToken) =>
        (await root.FindAsync(cancellationToken))?.Id == accessKeyId;
}
