namespace S3Cassandra.Storage.Objects;

/// <summary>Who owns a bucket, a version or an upload, and which principal made it.</summary>
/// <param name="AccountId">12 digits.</param>
/// <param name="CanonicalId">64 hexadecimal digits.</param>
/// <param name="Initiator">The ARN of the principal.</param>
public sealed record ObjectOwner(string AccountId, string CanonicalId, string Initiator);
