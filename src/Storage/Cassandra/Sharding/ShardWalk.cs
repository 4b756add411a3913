using System.Runtime.CompilerServices;
using S3Cassandra.Cql;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Reads a shard from end to end in slices of bounded size, also where more deletes lie than one read passes.</summary>
internal sealed class ShardWalk(IIndexTables tables, ShardingOptions options)
{
    private const int FewRows = 16;

    /// <summary>All sections, in the order of rows.</summary>
    public static IReadOnlyList<IndexSection> Sections { get; } =
        [IndexSection.Head, IndexSection.Version, IndexSection.HiddenHead, IndexSection.Upload];

    /// <summary>The slices of a section in order, at least one; whoever gets one disposes it.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="section">The section.</param>
    /// <param name="range">The shard's range.</param>
    /// <param name="withBody">Whether inline bodies are wanted.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="StoreUnavailableException">The tables do not answer.</exception>
    public async IAsyncEnumerable<ShardRows> ReadAsync(
        BucketId bucket,
        ShardId shard,
        IndexSection section,
        KeyRange range,
        bool withBody,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Ends of ranges, the nearest on top: a range that cannot be read at once is halved.
        var ends = new Stack<ReadOnlyMemory<byte>?>([range.Hi]);
        var slice = new ShardSlice(section, range.Lo, default, null, Math.Min(options.SliceRows, options.CopyRows), withBody);
        while (ends.TryPeek(out var end))
        {
            slice = slice with { Before = end };
            ShardRows found;
            try
            {
                found = await tables.ReadSliceAsync(bucket, shard, slice, cancellationToken);
            }
            catch (StoreUnavailableException exception) when (IsTooMuch(exception) && Halve(slice) is not null)
            {
                ends.Push(Halve(slice));
                continue;
            }

            if (found.Rows.Count == slice.Limit)
            {
                var last = found.Rows[^1];
                slice = slice with { From = last.Key.ToArray(), FromSuffix = (byte[])[.. last.Row.Address.Suffix.Span, 0], Limit = Limit(found) };
            }
            else
            {
                slice = slice with { From = end ?? default, FromSuffix = default };
                ends.Pop();
            }

            yield return found;
        }
    }

    /// <summary>A read that met too many deletes fails on the replicas, today and tomorrow.</summary>
    private static bool IsTooMuch(Exception exception)
    {
        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is CqlServerException { Code: CqlErrorCode.ReadFailure or CqlErrorCode.ReadTimeout })
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlyMemory<byte>? Halve(in ShardSlice slice) =>
        KeyMiddle.Between(slice.From.Span, slice.Before.GetValueOrDefault().Span, slice.Before is null);

    private int Limit(ShardRows found)
    {
        var bytes = 0L;
        foreach (var row in found.Rows)
        {
            bytes += Tally.BytesOf(row);
        }

        return (int)Math.Min(Math.Max(options.CopyBytes * (long)found.Rows.Count / bytes, FewRows), options.SliceRows);
    }
}
