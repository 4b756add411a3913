namespace S3Cassandra.Auth.Credentials;

/// <summary>An access key and whose it is. Its text form omits the secret.</summary>
public sealed record AccessKey(string Id, string Secret, Identity Identity)
{
    /// <inheritdoc/>
    public override string ToString() => $"AccessKey {Id}";
}
