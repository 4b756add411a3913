using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Garbage;

/// <summary>
/// Which blobs a manifest lists. The suspects of one upload's parts come one after the other, thousands of them: the last few manifests
/// are remembered, which is sound because a manifest never changes. At most some 10,000 ids of 16 bytes each.
/// </summary>
internal sealed class ManifestCache(PartManifests manifests)
{
    private const int Capacity = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<(BlobId Manifest, HashSet<BlobId> Blobs)> _recent = [];

    /// <summary>The blobs that the record refers to, the manifest itself included.</summary>
    public async ValueTask<IReadOnlyCollection<BlobId>> BlobsAsync(ObjectRecord record, CancellationToken cancellationToken)
    {
        if (record.Manifest is not { } manifest)
        {
            return Listed(record.Parts);
        }

        lock (_gate)
        {
            foreach (var (id, known) in _recent)
            {
                if (id == manifest.Blob)
                {
                    return known;
                }
            }
        }

        var blobs = Listed(await manifests.ReadAsync(record, cancellationToken));
        blobs.Add(manifest.Blob);
        lock (_gate)
        {
            _recent.AddFirst((manifest.Blob, blobs));
            if (_recent.Count > Capacity)
            {
                _recent.RemoveLast();
            }
        }

        return blobs;
    }

    /// <summary>Whether the record refers to the blob.</summary>
    public async ValueTask<bool> RefersAsync(ObjectRecord record, BlobId blob, CancellationToken cancellationToken)
    {
        if (record.Manifest is null)
        {
            return record.Parts.Any(part => part.Blob == blob && part.Size > 0);
        }

        return record.Manifest.Blob == blob || (await BlobsAsync(record, cancellationToken)).Contains(blob);
    }

    private static HashSet<BlobId> Listed(IReadOnlyList<ObjectPart> parts) =>
        [.. parts.Where(part => part.Size > 0).Select(part => part.Blob)];
}
