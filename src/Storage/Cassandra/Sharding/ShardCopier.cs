using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// Copies frozen shards into fresh ones, by plain writes that anything later outdoes, in bounded memory: one slice is read while the one
/// before it is written. The statics come last, counted.
/// </summary>
internal sealed class ShardCopier(IIndexTables tables, ShardClaims claims, ShardingOptions options)
{
    private readonly ShardWalk _walk = new(tables, options);

    /// <summary>Copies everything; false where the claim went meanwhile, or a parent.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="claim">The claim: renewed on the way.</param>
    /// <param name="parents">What the frozen parents' statics say, in order.</param>
    /// <param name="children">The fresh shards, in order, over the same range.</param>
    /// <param name="progress">Counts rows.</param>
    /// <param name="cancellationToken">Ends the call; writes may then yet apply.</param>
    /// <exception cref="StoreUnavailableException">The tables do not answer.</exception>
    public async ValueTask<bool> CopyAsync(
        BucketId bucket,
        ShardClaim claim,
        IReadOnlyList<ShardStatics> parents,
        IReadOnlyList<NewShard> children,
        ReplacementProgress progress,
        CancellationToken cancellationToken)
    {
        for (var i = 0; i < parents.Count; i++)
        {
            var range = new KeyRange(parents[i].Lo, parents[i].Hi);
            if (!await CopyAsync(bucket, claim, claim.Entries[i].Shard, range, children, progress, cancellationToken))
            {
                return false;
            }
        }

        var minUpload = parents.Max(parent => parent.MinUpload);
        foreach (var child in children)
        {
            await tables.CopyAsync(bucket, child.Shard, child.StaticsAt(parents[0].Epoch, minUpload), [], cancellationToken);
        }

        return true;
    }

    private async ValueTask<bool> CopyAsync(
        BucketId bucket,
        ShardClaim claim,
        ShardId parent,
        KeyRange range,
        IReadOnlyList<NewShard> children,
        ReplacementProgress progress,
        CancellationToken cancellationToken)
    {
        var written = Task.CompletedTask;
        try
        {
            foreach (var section in ShardWalk.Sections)
            {
                await foreach (var slice in _walk.ReadAsync(bucket, parent, section, range, withBody: true, cancellationToken))
                {
                    await written;
                    if (slice.Statics is null || !await claims.RenewAsync(bucket, claim, cancellationToken))
                    {
                        slice.Dispose();
                        return false;
                    }

                    written = WriteAsync(bucket, slice, children, progress, cancellationToken);
                }
            }

            await written;
            return true;
        }
        finally
        {
            // What failed is told by what is thrown; nothing may go on with memory that was given back.
            await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task WriteAsync(
        BucketId bucket, ShardRows slice, IReadOnlyList<NewShard> children, ReplacementProgress progress, CancellationToken cancellationToken)
    {
        using (slice)
        {
            var (writes, child) = (new List<Task>(options.CopiesAtOnce), 0);
            try
            {
                for (var next = 0; next < slice.Rows.Count;)
                {
                    while (children[child].IsBelow(slice.Rows[next].Key.Span))
                    {
                        child++;
                    }

                    var rows = Take(slice.Rows, next, children[child]);
                    next += rows.Count;
                    writes.Add(tables.CopyAsync(bucket, children[child].Shard, null, rows, cancellationToken).AsTask());
                    if (writes.Count == options.CopiesAtOnce)
                    {
                        await Task.WhenAll(writes);
                        writes.Clear();
                    }
                }
            }
            finally
            {
                await Task.WhenAll(writes);
            }

            progress.Add(slice.Rows.Count);
        }
    }

    /// <summary>Rows of one child, as many as one write takes.</summary>
    private List<ShardRow> Take(IReadOnlyList<ShardRow> from, int next, NewShard child)
    {
        var rows = new List<ShardRow>(Math.Min(options.CopyRows, from.Count - next));
        for (var bytes = 0L; next < from.Count && rows.Count < options.CopyRows && bytes < options.CopyBytes; next++)
        {
            if (child.IsBelow(from[next].Key.Span))
            {
                break;
            }

            rows.Add(from[next]);
            child.Count(from[next]);
            bytes += Tally.BytesOf(from[next]);
        }

        return rows;
    }
}
