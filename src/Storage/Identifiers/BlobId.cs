namespace S3Cassandra.Storage.Identifiers;

/// <summary>The id of an immutable blob: 128 bits, random, never used again.</summary>
public readonly record struct BlobId(Guid Value)
{
    public static BlobId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}
