using System.Text;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Garbage;

/// <summary>Where on its walk fsck is: what findings name.</summary>
internal readonly record struct FsckPlace(BucketId Bucket, string BucketName, ReadOnlyMemory<byte> Key, string? Version)
{
    /// <summary>Tells whose a blob is: 64 bits of bucket and key.</summary>
    public int Owner
    {
        get
        {
            var hash = new HashCode();
            hash.Add(Bucket);
            hash.AddBytes(Key.Span);
            return hash.ToHashCode();
        }
    }

    public FsckFinding Finding(FsckFindingKind kind, string detail, BlobId? blob = null) => new(kind, detail)
    {
        Bucket = BucketName,
        Key = Key.IsEmpty ? null : Encoding.UTF8.GetString(Key.Span),
        Version = Version,
        Blob = blob,
    };
}
