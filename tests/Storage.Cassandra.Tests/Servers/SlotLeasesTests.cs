using S3Cassandra.Storage.Cassandra.Servers;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract.InMemory;

namespace S3Cassandra.Storage.Cassandra.Tests.Servers;

/// <summary>The sweepers' slots among servers that come, pause and go, on a clock that the test moves.</summary>
public sealed class SlotLeasesTests : IAsyncDisposable
{
    private static readonly LeaseTimes Times = new();

    private readonly InMemoryStore _store = new();
    private readonly SteppedClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_alone_has_all_slots_until_its_renewal_is_too_old()
    {
        var one = Leases();
        Assert.Empty(one.Held);
        await one.RenewAsync(1, Token);
        Assert.Equal([.. SuspectSlots.Bodies, .. SuspectSlots.Shards], one.Held);

        _clock.Pass(Times.Act);
        Assert.Empty(one.Held);
        Assert.False(one.Holds(0));
        await one.RenewAsync(1, Token);
        Assert.True(one.Holds(0));
    }

    [Fact]
    public async Task Servers_come_to_fair_shares_of_which_no_slot_is_in_two()
    {
        SlotLeases[] servers = [Leases(), Leases(), Leases()];
        await servers[0].RenewAsync(1, Token);
        for (var round = 0; round < 2; round++)
        {
            foreach (var server in servers)
            {
                await server.RenewAsync(servers.Length, Token);
                AssertApart(servers);
            }
        }

        Assert.All(servers, server => Assert.InRange(server.Held.Count, 5, 6));
        Assert.Equal(17, servers.Sum(server => server.Held.Count));
    }

    [Fact]
    public async Task What_a_dead_server_held_is_taken_only_when_it_could_no_longer_act()
    {
        var (dead, heir) = (Leases(), Leases());
        await dead.RenewAsync(1, Token);
        await heir.RenewAsync(1, Token);
        Assert.Empty(heir.Held);

        while (heir.Held.Count == 0)
        {
            _clock.Pass(TimeSpan.FromSeconds(1));
            await heir.RenewAsync(1, Token);
            AssertApart(dead, heir);
        }

        Assert.Equal(17, heir.Held.Count);

        // Come back to life, it holds nothing, and takes nothing from who renews.
        Assert.Empty(dead.Held);
        await dead.RenewAsync(1, Token);
        Assert.Empty(dead.Held);
    }

    [Fact]
    public async Task What_was_given_back_and_taken_again_counts_as_new()
    {
        var (one, watcher) = (Leases(), Leases());
        await one.RenewAsync(1, Token);
        await watcher.RenewAsync(1, Token);
        _clock.Pass(Times.Take);

        // Between two looks of the watcher the lease went and came again.
        await one.ReleaseAsync(Token);
        await one.RenewAsync(1, Token);
        await watcher.RenewAsync(1, Token);
        Assert.Empty(watcher.Held);
        Assert.Equal(17, one.Held.Count);
    }

    [Fact]
    public async Task What_is_released_is_free_at_once()
    {
        var (one, next) = (Leases(), Leases());
        await one.RenewAsync(1, Token);
        await one.ReleaseAsync(Token);
        Assert.Empty(one.Held);
        await next.RenewAsync(1, Token);
        Assert.Equal(17, next.Held.Count);
    }

    [Fact]
    public async Task A_record_that_is_none_is_refused()
    {
        await _store.Catalog.WriteAsync(CatalogTable.Lease, SlotLeases.RecordKey, null, "0 nobody 1\n"u8.ToArray(), Token);
        await Assert.ThrowsAsync<CorruptDataException>(async () => await Leases().RenewAsync(1, Token));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static void AssertApart(params SlotLeases[] servers)
    {
        var held = servers.SelectMany(server => server.Held).ToList();
        Assert.Equal(held.Count, held.Distinct().Count());
    }

    private SlotLeases Leases() => new(_store.Catalog, IncarnationId.New(), Times, _clock);
}
