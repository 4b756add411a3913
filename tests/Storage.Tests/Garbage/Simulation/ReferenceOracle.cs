using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>What the rows of a store in memory refer to, worked out the plain way.</summary>
internal sealed class ReferenceOracle(InMemoryStore store)
{
    public async Task<HashSet<BlobId>> ReferencedAsync()
    {
        var referenced = new HashSet<BlobId>();
        await foreach (var bucket in store.Index.ListBucketsAsync(default))
        {
            foreach (var section in Enum.GetValues<IndexSection>())
            {
                using var rows = await store.Index.ScanAsync(new ScanRange(bucket, section, default, default, null, int.MaxValue), default);
                foreach (var row in rows!.Rows)
                {
                    await AddAsync(bucket, section, row, referenced);
                }
            }
        }

        return referenced;
    }

    private async Task AddAsync(BucketId bucket, IndexSection section, ScannedRow row, HashSet<BlobId> referenced)
    {
        if (section == IndexSection.Upload)
        {
            var parts = await store.Index.ListPartsAsync(bucket, UploadId.FromBytes(row.Suffix.Span), 0, int.MaxValue, default);
            referenced.UnionWith(parts.Select(part => PartRecordCodec.Decode(part.Record.Span).Stored!.Blob));
            return;
        }

        var record = ObjectRecordCodec.Decode(row.Record);
        referenced.UnionWith(record.Parts.Select(part => part.Blob));
        if (record.Manifest is { } manifest)
        {
            referenced.Add(manifest.Blob);
            referenced.UnionWith((await new PartManifests(store.Blobs).ReadAsync(record, default)).Select(part => part.Blob));
        }
    }
}
