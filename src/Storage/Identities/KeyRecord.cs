namespace S3Cassandra.Storage.Identities;

/// <summary>
/// An access key's secret and whose it is: a user's, or, with an empty name and the account's id for the user's, its account's root's. It
/// counts only while that very user's or account's record lists it as active: deleting, revoking and making a user again under its name
/// are each one write. Its text form omits the secret.
/// </summary>
public sealed record KeyRecord(string Id, string Secret, string AccountId, string UserName, string UserId)
{
    /// <summary>Whether it is an account's root's.</summary>
    public bool IsRoots() => UserName.Length == 0;

    /// <inheritdoc/>
    public override string ToString() => $"KeyRecord {Id}";
}
