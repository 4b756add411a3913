using System.Collections.Concurrent;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Cassandra.Outages;

/// <summary>Slots that are written once each, by whoever comes first, and what the client said of every try.</summary>
internal sealed class Ledger(CqlSession session, PreparedStatement insert, PreparedStatement select)
{
    private readonly Guid[] _ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())];
    private readonly ConcurrentQueue<Bid> _bids = new();
    private readonly Dictionary<(Guid, int), Guid> _written = [];

    public static async Task<Ledger> PrepareAsync(CqlSession session, CancellationToken token) => new(
        session,
        await session.PrepareAsync("INSERT INTO ledger (k, slot, bid) VALUES (?, ?, ?) IF NOT EXISTS", token),
        await session.PrepareAsync("SELECT slot, bid FROM ledger WHERE k = ?", token));

    /// <summary>Tries once; a bidder goes through the slots of its ledger in turn and meets others there.</summary>
    public async Task BidAsync(int bidder, int slot, CancellationToken token)
    {
        var bid = new Bid(_ids[bidder % _ids.Length], slot, Guid.NewGuid(), null);
        try
        {
            var outcome = await session.TryAsync(insert.Bind().Uuid(bid.Ledger).Int(slot).Uuid(bid.Id), token);
            _bids.Enqueue(bid with { Outcome = outcome });
        }
        catch (CqlException)
        {
            _bids.Enqueue(bid);
        }
    }

    /// <summary>Reads what is there. May be repeated.</summary>
    public async Task ReadAsync(CancellationToken token)
    {
        foreach (var id in _ids)
        {
            using var bound = select.Bind().Uuid(id);
            bound.Consistency = Consistency.LocalSerial;
            using var rows = await session.ExecuteAsync(bound, token);
            while (rows.Read())
            {
                _written[(id, rows.GetInt(0))] = rows.GetUuid(1);
            }
        }
    }

    /// <summary>Applied was read, not applied and not executed were not; unknown may have been, and nothing else was.</summary>
    public void Verify()
    {
        foreach (var bid in _bids)
        {
            var isThere = _written.TryGetValue((bid.Ledger, bid.Slot), out var winner) && winner == bid.Id;
            Assert.True(bid.Outcome is Outcome.Unknown || isThere == (bid.Outcome is Outcome.Applied), $"{bid} and {winner} is there");
            Assert.True(bid.Outcome is not Outcome.NotApplied || winner != Guid.Empty, $"{bid}, and nothing is there");
        }

        var possible = _bids.Where(bid => bid.Outcome is Outcome.Applied or Outcome.Unknown).Select(bid => bid.Id).ToHashSet();
        Assert.All(_written.Values, bid => Assert.Contains(bid, possible));
        Assert.Contains(_bids, bid => bid.Outcome is Outcome.Applied);
        Assert.Contains(_bids, bid => bid.Outcome is Outcome.NotApplied);
    }

    public override string ToString() =>
        string.Join(", ", _bids.CountBy(bid => bid.Outcome?.ToString() ?? "not executed").Select(count => $"{count.Value} {count.Key}"));
}
