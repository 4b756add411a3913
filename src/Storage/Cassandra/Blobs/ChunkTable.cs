using System.Runtime.CompilerServices;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>
/// The table <c>blob</c>: a row per chunk, <see cref="ChunksPerGroup"/> of them in a partition. The id's partition 0 also says whose the
/// blob is and how many partitions it may have.
/// </summary>
internal sealed class ChunkTable(CqlSession session, StatementRunner runner, BlobStatements statements)
{
    public const int ChunksPerGroup = 16;

    /// <summary>A listing's ranges: of a billion blobs each has 4 million.</summary>
    public const int ListRanges = 256;

    private const int IdLength = 16;
    private const int DeletesInFlight = 16;

    /// <summary>
    /// How a chunk is asked for until one answer is right. It never changes, so any replica's copy will do, and one replica's work is half of
    /// a quorum's; each try asks another replica, mostly. Before a chunk is called lost all of them were asked.
    /// </summary>
    private static readonly Consistency[] Tries =
        [Consistency.LocalOne, Consistency.LocalQuorum, Consistency.LocalOne, Consistency.LocalOne, Consistency.All];

    public static int GroupOf(int number) => number / ChunksPerGroup;

    public async ValueTask InsertAsync(BlobId blob, int number, ReadOnlyMemory<byte> data, ulong crc, CancellationToken cancellationToken)
    {
        using var bound = Bind(statements.InsertChunk, blob).Int(GroupOf(number)).Int(number).Bigint(unchecked((long)crc)).Blob(data);
        await WriteAsync(bound, cancellationToken);
    }

    public async ValueTask InsertFirstAsync(
        BlobId blob, ReadOnlyMemory<byte> data, ulong crc, BlobHeader header, CancellationToken cancellationToken)
    {
        using var bound = BindHeader(Bind(statements.InsertFirstChunk, blob).Bigint(unchecked((long)crc)).Blob(data), header);
        await WriteAsync(bound, cancellationToken);
    }

    public async ValueTask InsertHeaderAsync(BlobId blob, BlobHeader header, CancellationToken cancellationToken)
    {
        using var bound = BindHeader(Bind(statements.InsertHeader, blob), header);
        await runner.WriteAsync(bound, cancellationToken);
    }

    /// <summary>Reads a chunk of at most so many bytes that is what its sum says.</summary>
    /// <returns>The answer, to be disposed, and the chunk in its memory.</returns>
    /// <exception cref="CorruptDataException">No replica has it, or none has it right.</exception>
    public async ValueTask<(RowSet Rows, ReadOnlyMemory<byte> Chunk)> ReadAsync(BlobId blob, int number, int size, CancellationToken cancellationToken)
    {
        var found = false;
        CqlException? failure = null;
        foreach (var level in Tries)
        {
            try
            {
                var rows = await SelectAsync(blob, number, level, cancellationToken);
                if (RightChunk(rows, size) is { } chunk)
                {
                    return (rows, chunk);
                }

                (found, failure) = (found || rows.Count > 0, null);
            }
            catch (CqlServerException exception) when (exception.Code is CqlErrorCode.ReadFailure)
            {
                // A replica whose own checksums fail answers so: others may have it.
                failure = exception;
            }
            catch (CqlException exception)
            {
                throw CassandraFailure.Unavailable(exception);
            }
        }

        throw failure is not null
            ? CassandraFailure.Unavailable(failure)
            : new CorruptDataException($"Chunk {number} of blob {blob} {(found ? "is not what its checksum says, on any replica" : "is missing")}.");
    }

    public async ValueTask<BlobHeader?> ReadHeaderAsync(BlobId blob, CancellationToken cancellationToken)
    {
        using var bound = Bind(statements.SelectHeader, blob).Int(0);
        using var rows = await runner.ReadAsync(bound, serial: false, cancellationToken);
        return rows.Read()
            ? new BlobHeader(
                rows.IsNull(2) ? null : BlobOwnerCodec.Decode(rows.GetBlob(2).Span),
                rows.IsNull(3) ? 1 : rows.GetInt(3),
                rows.IsNull(4) ? null : rows.GetUuid(4))
            : null;
    }

    /// <summary>Deletes so many partitions, the first one last: while it stands, a delete that was cut short is found and done again.</summary>
    public async ValueTask DeleteAsync(BlobId blob, int groups, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = DeletesInFlight, CancellationToken = cancellationToken };
        if (groups > 1)
        {
            await Parallel.ForAsync(1, groups, parallel, (group, token) => DeleteGroupAsync(blob, group, token));
        }

        CrashPoint.Hit("blob-before-delete");
        await DeleteGroupAsync(blob, 0, cancellationToken);
        CrashPoint.Hit("blob-after-delete");
    }

    /// <summary>The blobs of a range of tokens: those above the first, up to and including the last.</summary>
    public async IAsyncEnumerable<BlobId> ListAsync(long above, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bound = statements.List.Bind().Bigint(above).Bigint(last);
        bound.PageSize = 1000;
        await foreach (var page in runner.ReadPagesAsync(bound, cancellationToken))
        {
            while (page.Read())
            {
                if (page.GetInt(1) == 0)
                {
                    yield return new BlobId(new Guid(page.GetBlob(0).Span, bigEndian: true));
                }
            }
        }
    }

    /// <summary>One of the <see cref="ListRanges"/> ranges of tokens that together are all of them: above the first, up to and including the last.</summary>
    public static (long Above, long Last) Range(int number)
    {
        // The lowest token of all is no key's (Murmur3Partitioner).
        const ulong width = ulong.MaxValue / ListRanges;
        var above = unchecked(long.MinValue + (long)((ulong)number * width));
        return (above, number == ListRanges - 1 ? long.MaxValue : unchecked(above + (long)width));
    }

    private async ValueTask DeleteGroupAsync(BlobId blob, int group, CancellationToken cancellationToken)
    {
        using var bound = Bind(statements.DeleteGroup, blob).Int(group);
        await runner.WriteAsync(bound, cancellationToken);
    }

    private async ValueTask<RowSet> SelectAsync(BlobId blob, int number, Consistency level, CancellationToken cancellationToken)
    {
        using var bound = Bind(statements.SelectChunk, blob).Int(GroupOf(number)).Int(number);
        bound.Consistency = level;
        bound.Traffic = Traffic.Blob;
        return await session.ExecuteAsync(bound, cancellationToken);
    }

    /// <summary>The chunk of an answer; null, and the answer disposed, when it is not there, not right or cannot be read.</summary>
    private static ReadOnlyMemory<byte>? RightChunk(RowSet rows, int size)
    {
        ReadOnlyMemory<byte>? right = null;
        try
        {
            if (rows.Read() && !rows.IsNull(0) && !rows.IsNull(1))
            {
                var chunk = rows.GetBlob(1);
                if (chunk.Length <= size && Crc64Nvme.Hash(chunk.Span) == unchecked((ulong)rows.GetBigint(0)))
                {
                    right = chunk;
                }
            }

            return right;
        }
        finally
        {
            if (right is null)
            {
                rows.Dispose();
            }
        }
    }

    private async ValueTask WriteAsync(BoundStatement bound, CancellationToken cancellationToken)
    {
        bound.Traffic = Traffic.Blob;
        await runner.WriteAsync(bound, cancellationToken);
    }

    private static BoundStatement Bind(PreparedStatement statement, BlobId blob)
    {
        Span<byte> id = stackalloc byte[IdLength];
        blob.Value.TryWriteBytes(id, bigEndian: true, out _);
        return statement.Bind().BlobCopy(id);
    }

    private static BoundStatement BindHeader(BoundStatement bound, BlobHeader header)
    {
        bound = header.Owner is { } owner ? bound.BlobCopy(BlobOwnerCodec.Encode(owner)) : bound.Unset();
        bound = bound.Int(header.Groups);
        return header.Naming is { } naming ? bound.Uuid(naming) : bound.Unset();
    }
}
