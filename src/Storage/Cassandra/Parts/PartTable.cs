using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Parts;

/// <summary>
/// The table <c>part</c>: an upload's parts, never overwritten. Each is added on the condition that the upload's fence is still the one that
/// it was seen to be past; so once a fence is raised no part of a stamp before it appears any more, however late its statement arrives.
/// </summary>
internal sealed class PartTable : IPartTable
{
    private const int StampLength = 16;

    /// <summary>Until then an unknown outcome is settled by another attempt; after that the caller has waited long enough.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly StatementRunner _runner;
    private readonly PartStatements _statements;

    private PartTable(StatementRunner runner, PartStatements statements) => (_runner, _statements) = (runner, statements);

    public static async ValueTask<PartTable> OpenAsync(StatementRunner runner, CancellationToken cancellationToken) =>
        new(runner, await PartStatements.PrepareAsync(runner, cancellationToken));

    /// <summary>
    /// Adds a part; false when it is fenced off and certainly not there. Whether the upload still is under way is the caller's to ask.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nobody knows whether it was added, or will be.</exception>
    public async ValueTask<bool> AddAsync(BucketId bucket, UploadId upload, PartRow part, CancellationToken cancellationToken)
    {
        long? fence = null;
        var mayBeThere = false;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Patience;)
        {
            using var bound = BindAdd(bucket, upload, part, fence);
            using var result = await _runner.TryAsync(bound, cancellationToken);
            if (result is null)
            {
                // Sent again it writes the same row once more.
                mayBeThere = true;
                continue;
            }

            if (result.Outcome == Outcome.Applied)
            {
                return true;
            }

            fence = FenceIn(result);
            if (fence > MicrosOf(part.Stamp))
            {
                // From here on none of the statements above can apply. Did one?
                return mayBeThere && await FindAsync(bucket, upload, part.Number, part.Stamp, serial: true, cancellationToken) is not null;
            }
        }

        throw new StoreUnavailableException("Cassandra: nobody knows whether a part was added.");
    }

    public async ValueTask<IReadOnlyList<PartRow>> ListAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken)
    {
        var parts = new List<PartRow>();
        using var bound = Bind(_statements.List.Bind(), bucket, upload).Int(afterNumber).Int(limit);
        await foreach (var page in _runner.ReadPagesAsync(bound, cancellationToken))
        {
            while (page.Read())
            {
                var stamp = BinaryPrimitives.ReadUInt128BigEndian(page.GetBlob(1).Span);
                parts.Add(new PartRow(page.GetInt(0), stamp, page.GetBlob(2).ToArray(), default));
            }
        }

        return parts;
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken) =>
        FindAsync(bucket, upload, number, stamp, serial: false, cancellationToken);

    public async ValueTask RemoveAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken)
    {
        using var bound = Bind(_statements.Remove.Bind(), bucket, upload);
        await _runner.WriteAsync(bound, cancellationToken);
    }

    /// <summary>Once it returns, no part whose stamp lies before the moment is added any more.</summary>
    public async ValueTask FenceAsync(BucketId bucket, UploadId upload, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var wanted = MicrosOf(PartRow.StampAt(before));
        long? fence = null;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Patience;)
        {
            using var bound = BindFence(Bind(_statements.Fence.Bind().Bigint(wanted), bucket, upload), fence);
            using var result = await _runner.TryAsync(bound, cancellationToken);
            if (result?.Outcome == Outcome.Applied)
            {
                return;
            }

            if (result is not null && (fence = FenceIn(result)) >= wanted)
            {
                return;
            }
        }

        throw new StoreUnavailableException("Cassandra: nobody knows whether an upload was fenced off.");
    }

    /// <summary>Every upload that has parts, in the order of the tokens.</summary>
    public async IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bound = _statements.ListUploads.Bind();
        bound.PageSize = 500;
        await foreach (var page in _runner.ReadPagesAsync(bound, cancellationToken))
        {
            while (page.Read())
            {
                // Without a number it is a fence alone.
                if (!page.IsNull(2))
                {
                    yield return (new BucketId(page.GetUuid(0)), UploadId.FromBytes(page.GetBlob(1).Span));
                }
            }
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> FindAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, bool serial, CancellationToken cancellationToken)
    {
        using var bound = BindStamp(Bind(_statements.Find.Bind(), bucket, upload).Int(number), stamp);
        using var rows = await _runner.ReadAsync(bound, serial, cancellationToken);
        if (!rows.Read() || rows.IsNull(0))
        {
            return null;
        }

        return rows.IsNull(1) ? ReadOnlyMemory<byte>.Empty : rows.GetBlob(1).ToArray();
    }

    private BoundStatement BindAdd(BucketId bucket, UploadId upload, PartRow part, long? fence)
    {
        var bound = _statements.Add.Bind().BlobCopy(part.Record.Span);
        bound = part.Body.IsEmpty ? bound.Unset() : bound.Blob(part.Body);
        return BindFence(BindStamp(Bind(bound, bucket, upload).Int(part.Number), part.Stamp), fence);
    }

    private static BoundStatement Bind(BoundStatement bound, BucketId bucket, UploadId upload) => bound.Uuid(bucket.Value).BlobCopy(upload.ToBytes());

    private static BoundStatement BindStamp(BoundStatement bound, UInt128 stamp)
    {
        Span<byte> bytes = stackalloc byte[StampLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, stamp);
        return bound.BlobCopy(bytes);
    }

    private static BoundStatement BindFence(BoundStatement bound, long? fence) => fence is { } value ? bound.Bigint(value) : bound.Null();

    /// <summary>The fence that a refused statement met.</summary>
    private static long? FenceIn(ConditionalResult result)
    {
        var rows = result.Rows!;
        return rows.Read() && rows.TryIndexOf("fence") is var column and >= 0 && !rows.IsNull(column) ? rows.GetBigint(column) : null;
    }

    private static long MicrosOf(UInt128 stamp) => (long)(stamp >> 64);
}
