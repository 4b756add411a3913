namespace S3Cassandra.Storage.Identities;

/// <summary>
/// An access key's secret and whose it is. Immutable. It counts only while that very user's record lists it as active: deleting, revoking
/// and making a user again under its name are each one write. Its text form omits the secret.
/// </summary>
public sealed record KeyRecord(string Id, string Secret, string AccountId, string UserName, string UserId)
{
    /// <inheritdoc/>
    public override string ToString() => $"KeyRecord {Id}";
}
