using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded;

/// <summary><see cref="IObjectIndex"/> in SQLite: reads on the caller's thread, writes through the writer's.</summary>
internal sealed class EmbeddedIndex(ReaderPool readers, WriterThread writer, FreeSpace space) : IObjectIndex
{
    public async ValueTask CreateBucketAsync(BucketId bucket, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        await writer.RunAsync(new DelegateJob<bool>(on => BucketJobs.Create(on, bucket, configuration)), cancellationToken);

    public ValueTask<IReadOnlySet<BucketId>> ExistingAsync(IReadOnlyCollection<BucketId> buckets, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlySet<BucketId>>(readers.Read(buckets, static (reader, ids) => ids.Where(reader.Buckets.Exists).ToHashSet()));

    public ValueTask<IndexConfiguration?> GetConfigurationAsync(BucketId bucket, CancellationToken cancellationToken) =>
        ValueTask.FromResult(readers.Read(bucket, static (reader, id) => reader.Buckets.Configuration(id)));

    public ValueTask<ConfigurationChange> ChangeConfigurationAsync(
        BucketId bucket, int epoch, ReadOnlyMemory<byte> configuration, CancellationToken cancellationToken) =>
        writer.RunAsync(
            new DelegateJob<ConfigurationChange>(
                on => BucketJobs.Change(on, bucket, epoch, configuration), static () => ConfigurationChange.Unknown),
            cancellationToken);

    public ValueTask<BucketRemoval> RemoveBucketAsync(BucketId bucket, CancellationToken cancellationToken) =>
        writer.RunAsync(
            new DelegateJob<BucketRemoval>(on => BucketJobs.Remove(on, bucket), static () => BucketRemoval.Unknown), cancellationToken);

    public ValueTask<KeyRows?> ReadAsync(BucketId bucket, KeyRead read, CancellationToken cancellationToken) =>
        ValueTask.FromResult(readers.Read((bucket, read), static (reader, ask) => Read(reader, ask.bucket, ask.read)));

    public ValueTask<CommitResult> CommitAsync(IndexCommit commit, CancellationToken cancellationToken)
    {
        var job = new CommitJob(commit);
        if (job.HasBody)
        {
            space.ThrowIfShort();
        }

        return writer.RunAsync(job, cancellationToken);
    }

    public ValueTask<ScanPage?> ScanAsync(ScanRange range, CancellationToken cancellationToken) =>
        ValueTask.FromResult(readers.Read(range, static (reader, asked) =>
        {
            reader.Begin();
            var page = reader.FindBucket(asked.Bucket) is { } bucket ? reader.Scan.Read(bucket, asked) : null;
            reader.End();
            return page;
        }));

    public ValueTask<bool> AddPartAsync(
        BucketId bucket, ObjectKey key, UploadId upload, PartRow part, CancellationToken cancellationToken)
    {
        space.ThrowIfShort();
        return writer.RunAsync(new AddPartJob(bucket, key, upload, part), cancellationToken);
    }

    public ValueTask<IReadOnlyList<PartRow>> ListPartsAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(readers.Read(
            (bucket, upload, afterNumber, limit),
            static (reader, ask) => reader.Parts.List(ask.bucket, ask.upload, ask.afterNumber, ask.limit)));

    public ValueTask<ReadOnlyMemory<byte>?> ReadPartBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        ValueTask.FromResult(readers.Read((bucket, upload, number, stamp), static (reader, ask) =>
        {
            reader.Begin();
            var body = reader.Parts.Body(ask.bucket, ask.upload, ask.number, ask.stamp);
            reader.End();
            return body;
        }));

    public async ValueTask RemovePartsAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken) =>
        await writer.RunAsync(new DelegateJob<bool>(on => PartJobs.Remove(on, bucket, upload)), cancellationToken);

    public async ValueTask FenceAsync(
        BucketId bucket, ObjectKey key, UploadId? upload, DateTimeOffset before, CancellationToken cancellationToken) =>
        await writer.RunAsync(new DelegateJob<bool>(on => on.Fences.Raise(bucket, key, before)), cancellationToken);

    public async IAsyncEnumerable<BucketId> ListBucketsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask;
        for (var (last, more) = (0L, true); more;)
        {
            var page = readers.Read(last, static (reader, after) => reader.Buckets.List(after, 1000));
            foreach (var (number, bucket) in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                last = number;
                yield return bucket;
            }

            more = page.Count == 1000;
        }
    }

    public async IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsWithPartsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask;
        (BucketId Bucket, UploadId Upload)? upload = null;
        while ((upload = readers.Read(upload, static (reader, after) => reader.Parts.Next(after))) is { } found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return found;
        }
    }

    private static KeyRows? Read(SqliteReader reader, BucketId bucket, KeyRead read)
    {
        if (read.Version.IsEmpty && read.Upload.IsEmpty && read.NewestVersions == 0)
        {
            return reader.ReadHeads(bucket, read.Key, read.WithBody);
        }

        reader.Begin();
        var rows = reader.FindBucket(bucket) is { } found ? new KeyRows(found.Epoch, reader.ReadRows(found.Number, read)) : null;
        reader.End();
        return rows;
    }
}
