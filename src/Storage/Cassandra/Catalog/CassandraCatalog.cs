using System.Text;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Cassandra.Catalog;

/// <summary>
/// <see cref="ICatalog"/> in the table <c>catalog</c>. Every write of a kind of records takes the next number in the batch that does it, so
/// numbers rise in the order in which writes take effect, and a reader who has seen a number has missed none before it.
/// </summary>
internal sealed class CassandraCatalog : ICatalog, IDisposable
{
    /// <summary>How many records of the log are looked up at once: with the largest of values, 8 MiB.</summary>
    private const int LookUps = 32;

    private readonly CatalogStatements _statements;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private readonly Dictionary<CatalogTable, WriteTurn> _turns = Enum.GetValues<CatalogTable>().ToDictionary(table => table, _ => new WriteTurn());

    /// <param name="session">Uses the store's keyspace.</param>
    /// <param name="clock">Measures <paramref name="patience"/>.</param>
    /// <param name="patience">How long a write is tried on that others come before, or that nobody knows the outcome of.</param>
    public CassandraCatalog(CqlSession session, TimeProvider clock, TimeSpan patience)
    {
        _statements = new(session);
        _clock = clock;
        _patience = patience;
    }

    public async ValueTask<CatalogRecord?> GetAsync(CatalogTable table, string key, CancellationToken cancellationToken)
    {
        try
        {
            return (await _statements.GetAsync(table, Encoding.UTF8.GetBytes(key), cancellationToken))?.ToRecord();
        }
        catch (CqlException e)
        {
            throw CassandraFailure.Unavailable(e);
        }
    }

    public async ValueTask<CatalogResult> WriteAsync(
        CatalogTable table, string key, long? expectedRevision, byte[]? value, CancellationToken cancellationToken)
    {
        // Writers of one process wait for each other here: in Cassandra they would refuse each other.
        var turn = _turns[table];
        await turn.Gate.WaitAsync(cancellationToken);
        try
        {
            return await WriteInTurnAsync(turn, table, key, expectedRevision, value, cancellationToken);
        }
        catch (CqlException e)
        {
            throw CassandraFailure.Unavailable(e);
        }
        finally
        {
            turn.Gate.Release();
        }
    }

    public async ValueTask<IReadOnlyList<CatalogRecord>> ListAsync(
        CatalogTable table, string prefix, string? after, int limit, CancellationToken cancellationToken)
    {
        var begin = Encoding.UTF8.GetBytes(prefix);
        var next = after is null ? begin : [.. Encoding.UTF8.GetBytes(after), 0];
        var from = next.AsSpan().SequenceCompareTo(begin) > 0 ? next : begin;
        try
        {
            var records = await _statements.ListAsync(table, from, begin, limit, cancellationToken);
            return [.. records.Select(record => record.ToRecord())];
        }
        catch (CqlException e)
        {
            throw CassandraFailure.Unavailable(e);
        }
    }

    public async ValueTask<IReadOnlyList<CatalogRecord>> ChangedSinceAsync(
        CatalogTable table, long revision, int limit, CancellationToken cancellationToken)
    {
        var changed = new List<CatalogRecord>();
        try
        {
            while (changed.Count < limit)
            {
                var lines = await _statements.LinesAsync(table, revision, Math.Min(limit - changed.Count, LookUps), cancellationToken);
                if (lines.Count == 0)
                {
                    break;
                }
                changed.AddRange(await StillTrueAsync(table, lines, cancellationToken));
                revision = lines[^1].Revision;
            }
            return changed;
        }
        catch (CqlException e)
        {
            throw CassandraFailure.Unavailable(e);
        }
    }

    public void Dispose()
    {
        foreach (var turn in _turns.Values)
        {
            turn.Dispose();
        }
    }

    private async ValueTask<CatalogResult> WriteInTurnAsync(
        WriteTurn turn, CatalogTable table, string key, long? expected, byte[]? value, CancellationToken token)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        var ver = Guid.NewGuid();
        var began = _clock.GetTimestamp();
        var last = turn.Last ?? await _statements.LastAsync(table, token);
        do
        {
            var current = await _statements.GetAsync(table, bytes, token);
            if (current?.Revision != expected)
            {
                return new(CatalogOutcome.NotApplied, current?.ToRecord());
            }
            turn.Last = null;
            var outcome = await _statements.WriteAsync(table, bytes, last, current, ver, value, token);
            if (outcome == Outcome.Unknown)
            {
                outcome = await SettleAsync(table, last, ver, began, token);
            }
            switch (outcome)
            {
                case Outcome.Applied:
                    turn.Last = last + 1;
                    return new(CatalogOutcome.Applied, new(key, last + 1, value));
                case Outcome.Unknown:
                    return new(CatalogOutcome.Unknown, null);
            }
            last = await _statements.LastAsync(table, token);
        }
        while (_clock.GetElapsedTime(began) < _patience);
        throw new StoreUnavailableException("The catalog is being written by too many servers at once.");
    }

    /// <summary>
    /// A batch of unknown outcome may still be on its way, so no read says how it ended. Once the number that it wants is taken, it has
    /// taken it, as its line then tells, or never will.
    /// </summary>
    private async ValueTask<Outcome> SettleAsync(CatalogTable table, long last, Guid ver, long began, CancellationToken token)
    {
        do
        {
            switch (await _statements.SkipAsync(table, last, token))
            {
                case Outcome.Applied:
                    return Outcome.NotApplied;
                case Outcome.NotApplied:
                    return await _statements.WriterAsync(table, last + 1, token) == ver ? Outcome.Applied : Outcome.NotApplied;
            }
        }
        while (_clock.GetElapsedTime(began) < _patience);
        return Outcome.Unknown;
    }

    /// <summary>The lines that no later one replaces, with what they tell of.</summary>
    private async ValueTask<IEnumerable<CatalogRecord>> StillTrueAsync(CatalogTable table, IReadOnlyList<LogLine> lines, CancellationToken token)
    {
        var names = lines.Select(line => Encoding.UTF8.GetString(line.Key)).ToList();
        List<byte[]> keys = [.. names.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
        var records = (await _statements.GetAsync(table, keys, token)).ToDictionary(record => record.Key, StringComparer.Ordinal);
        return lines.Zip(names).Reverse().DistinctBy(pair => pair.Second, StringComparer.Ordinal).Reverse()
            .Where(pair => IsTrue(pair.First, records.GetValueOrDefault(pair.Second)))
            .Select(pair => new CatalogRecord(pair.Second, pair.First.Revision, records.GetValueOrDefault(pair.Second)?.Value));
    }

    private static bool IsTrue(LogLine line, StoredRecord? record) => line.IsDeletion ? record is null : record?.Revision == line.Revision;
}
