using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>
/// Copies shards into fresh ones, by plain writes that anything later outdoes: one slice is read while the one before it is written. Passes
/// over shards that are written to meanwhile copy ahead; one over frozen shards makes the copy whole. The statics come last, counted.
/// </summary>
internal sealed class ShardCopier(IIndexTables tables, ShardClaims claims, ShardingOptions options)
{
    private readonly ShardWalk _walk = new(tables, options);

    /// <summary>Copies what the last pass did not, or what has changed since; false where the claim went meanwhile, or a parent.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="claim">The claim: renewed on the way.</param>
    /// <param name="parents">What the parents' statics say, in order.</param>
    /// <param name="children">The fresh shards, in order, over the same range.</param>
    /// <param name="copied">What passes before this one have copied; this one is added.</param>
    /// <param name="withBody">Whether to read bodies with the rows; else those of rows that changed are read one by one.</param>
    /// <param name="progress">Counts rows.</param>
    /// <param name="cancellationToken">Ends the call; writes may then yet apply.</param>
    /// <exception cref="StoreUnavailableException">The tables do not answer.</exception>
    public async ValueTask<bool> PassAsync(
        BucketId bucket,
        ShardClaim claim,
        IReadOnlyList<ShardStatics> parents,
        IReadOnlyList<NewShard> children,
        CopiedRows copied,
        bool withBody,
        ReplacementProgress progress,
        CancellationToken cancellationToken)
    {
        copied.BeginPass();
        var pass = new CopyPass(tables, options, bucket, children, copied.Passes);
        var written = Task.FromResult(true);
        try
        {
            for (var i = 0; i < parents.Count; i++)
            {
                var (parent, range) = (claim.Entries[i].Shard, new KeyRange(parents[i].Lo, parents[i].Hi));
                foreach (var section in ShardWalk.Sections)
                {
                    await foreach (var slice in _walk.ReadAsync(bucket, parent, section, range, withBody, cancellationToken))
                    {
                        if (!await written || slice.Statics is null || !await claims.RenewAsync(bucket, claim, cancellationToken))
                        {
                            slice.Dispose();
                            return false;
                        }

                        written = WriteAsync(pass, i, withBody ? null : parent, slice, copied, progress, cancellationToken);
                    }
                }
            }

            if (!await written)
            {
                return false;
            }
        }
        finally
        {
            // What failed is told by what is thrown; nothing may go on with memory that was given back.
            await ((Task)written).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        var gone = new List<CopiedRow>();
        copied.EndPass(gone);
        await pass.WriteAsync([], gone, cancellationToken);
        return true;
    }

    /// <summary>The children's statics, once a pass over frozen parents has made them whole.</summary>
    public async ValueTask CompleteAsync(
        BucketId bucket, IReadOnlyList<ShardStatics> parents, IReadOnlyList<NewShard> children, CopiedRows copied, CancellationToken cancellationToken)
    {
        foreach (var row in copied.Rows)
        {
            children.First(child => !child.IsBelow(row.Key)).Count(row);
        }

        var minUpload = parents.Max(parent => parent.MinUpload);
        foreach (var child in children)
        {
            await tables.CopyAsync(bucket, child.Shard, child.StaticsAt(parents[0].Epoch, minUpload), [], cancellationToken);
        }
    }

    /// <summary>False where the shard that bodies are to be read from is not frozen any more.</summary>
    private static async Task<bool> WriteAsync(
        CopyPass pass,
        int parent,
        ShardId? bodiesFrom,
        ShardRows slice,
        CopiedRows copied,
        ReplacementProgress progress,
        CancellationToken cancellationToken)
    {
        using (slice)
        {
            var (changed, gone) = (new List<ShardRow>(), new List<CopiedRow>());
            foreach (var row in slice.Rows)
            {
                if (copied.Add(parent, row, gone))
                {
                    changed.Add(row);
                }
            }

            IReadOnlyList<ShardRow> whole = changed;
            if (bodiesFrom is { } shard)
            {
                if (await pass.WithBodiesAsync(shard, changed, cancellationToken) is not { } found)
                {
                    return false;
                }

                copied.Measure(parent, found);
                whole = found;
            }

            await pass.WriteAsync(whole, gone, cancellationToken);
            progress.Add(whole.Count);
            return true;
        }
    }
}
