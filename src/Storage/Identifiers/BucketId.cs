namespace S3Cassandra.Storage.Identifiers;

/// <summary>The internal id of a bucket: random, never used again, so a bucket deleted and made again inherits nothing.</summary>
public readonly record struct BucketId(Guid Value)
{
    public static BucketId New() => new(Guid.NewGuid());

    public override string ToString() => Value.ToString("N");
}
