using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>
/// Shares the slots of the suspects out among the servers that run, so that each is swept by one of them. A lease cannot act when it is stale:
/// its holder stops counting on it <see cref="LeaseTimes.Act"/> after it began to renew it, and only when nobody has seen a renewal for
/// <see cref="LeaseTimes.Take"/> does another take it. (Two sweepers at one suspect would do no harm; they would do the work twice.)
/// </summary>
internal sealed class SlotLeases(ICatalog catalog, IncarnationId server, LeaseTimes times, TimeProvider time) : ISlotShare
{
    public const string RecordKey = "suspect-slots";

    private const int Attempts = 4;
    private const int AllSlots = SuspectSlots.Shard + 1;

    /// <summary>What was last seen of each slot, and since when it looks so.</summary>
    private readonly Dictionary<int, (SlotLease Lease, long Since)> _seen = [];

    private volatile Holding _holding = new([], 0);

    /// <summary>The slots that this server may sweep now.</summary>
    public IReadOnlyList<int> Held => _holding is var holding && IsFresh(holding) ? holding.Slots : [];

    public bool Holds(int slot) => _holding is var holding && holding.Slots.Contains(slot) && IsFresh(holding);

    /// <summary>How much longer what is held may be acted on; zero or less: no longer.</summary>
    public TimeSpan Left => _holding is { Slots.Count: > 0 } holding ? times.Act - time.GetElapsedTime(holding.Begun) : TimeSpan.Zero;

    /// <summary>Renews what is held, takes what is free as far as the share of one of so many servers goes, and gives back what is beyond it.</summary>
    /// <exception cref="StoreUnavailableException">The catalog does not answer; what is held is held on for its time.</exception>
    public async ValueTask RenewAsync(int servers, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var current = await catalog.GetAsync(CatalogTable.Lease, RecordKey, cancellationToken);
            var leases = current?.Value is { } value ? SlotRecord.Decode(value) : [];
            Observe(leases);
            var wanted = Share(leases, Math.Max(servers, 1));
            var begun = time.GetTimestamp();
            var result = await catalog.WriteAsync(CatalogTable.Lease, RecordKey, current?.Revision, SlotRecord.Encode(wanted), cancellationToken);
            if (result.Outcome == CatalogOutcome.Applied)
            {
                _holding = new Holding([.. wanted.Where(lease => lease.Holder == server.Value).Select(lease => lease.Slot)], begun);
                return;
            }

            if (result.Outcome == CatalogOutcome.Unknown)
            {
                // The next renewal reads what came of it.
                return;
            }
        }
    }

    /// <summary>Gives everything back, so that others need not wait.</summary>
    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        _holding = new Holding([], 0);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await catalog.GetAsync(CatalogTable.Lease, RecordKey, cancellationToken) is not { Value: { } value } current)
            {
                return;
            }

            var leases = SlotRecord.Decode(value);
            var others = leases.Where(lease => lease.Holder != server.Value).ToList();
            if (others.Count == leases.Count)
            {
                return;
            }

            var result = await catalog.WriteAsync(
                CatalogTable.Lease, RecordKey, current.Revision, SlotRecord.Encode(others), cancellationToken);
            if (result.Outcome != CatalogOutcome.NotApplied)
            {
                return;
            }
        }
    }

    private bool IsFresh(Holding holding) => time.GetElapsedTime(holding.Begun) < times.Act;

    private void Observe(IReadOnlyList<SlotLease> leases)
    {
        var now = time.GetTimestamp();
        foreach (var lease in leases)
        {
            if (!_seen.TryGetValue(lease.Slot, out var seen) || seen.Lease != lease)
            {
                _seen[lease.Slot] = (lease, now);
            }
        }

        // What somebody took from this server is not its own any more, whatever it believes.
        var mine = leases.Where(lease => lease.Holder == server.Value).Select(lease => lease.Slot).ToHashSet();
        var holding = _holding;
        if (holding.Slots.Any(slot => !mine.Contains(slot)))
        {
            _holding = holding with { Slots = [.. holding.Slots.Where(mine.Contains)] };
        }
    }

    private List<SlotLease> Share(IReadOnlyList<SlotLease> leases, int servers)
    {
        var share = (AllSlots + servers - 1) / servers;
        var bySlot = leases.ToDictionary(lease => lease.Slot);
        var mine = leases.Where(lease => lease.Holder == server.Value).Select(lease => lease.Slot).Take(share).ToList();
        var free = Enumerable.Range(0, AllSlots).Where(slot => !bySlot.TryGetValue(slot, out var lease) || IsOver(lease));
        mine.AddRange(free.Take(share - mine.Count));
        return
        [
            .. leases.Where(lease => lease.Holder != server.Value && !mine.Contains(lease.Slot)),
            .. mine.Select(slot => bySlot.TryGetValue(slot, out var lease) && lease.Holder == server.Value
                ? lease with { Beat = lease.Beat + 1 }
                : new SlotLease(slot, server.Value, NewBeat())),
        ];
    }

    /// <summary>Unlike every one that anybody may have seen of this holder before.</summary>
    private static long NewBeat() => Random.Shared.NextInt64(long.MaxValue / 2);

    private bool IsOver(SlotLease lease) =>
        lease.Holder != server.Value && _seen.TryGetValue(lease.Slot, out var seen) && time.GetElapsedTime(seen.Since) >= times.Take;

    /// <summary>Slots, and when the renewal was begun that they rest on.</summary>
    private sealed record Holding(IReadOnlyList<int> Slots, long Begun);
}
