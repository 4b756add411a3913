using Microsoft.Extensions.Logging;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>
/// What a server does beside answering: it says that it lives, takes its share of the sweepers' slots, and, where it holds theirs, deletes
/// shards that no map can name again. A step that fails is told of and tried again in the next round.
/// </summary>
/// <param name="table">Where servers say that they live.</param>
/// <param name="leases">Its share of the slots.</param>
/// <param name="shards">Deletes shards.</param>
/// <param name="note">What it is doing, for its row.</param>
/// <param name="times">The times of leases.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed class ServerLife(
    ServerTable table, SlotLeases leases, ShardSweeper shards, Func<string> note, LeaseTimes times, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>How long a row outlives its server.</summary>
    private static readonly TimeSpan RowLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShardPause = TimeSpan.FromMinutes(2);

    /// <summary>How long an end waits for the last words.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;
    private LiveServer? _self;

    public void Start(LiveServer self)
    {
        _self = self;
        _running = Task.WhenAll(
            RepeatAsync(Beat, "heartbeat", token => table.WriteAsync(self with { Seen = time.GetUtcNow(), Note = note() }, RowLife, token)),
            RepeatAsync(times.Renewal, "leases", RenewAsync),
            RepeatAsync(ShardPause, "shards", SweepShardsAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
        if (_self is not { } self)
        {
            return;
        }

        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            await leases.ReleaseAsync(patience.Token);
            await table.RemoveAsync(self.Id, patience.Token);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or OperationCanceledException)
        {
            // Row and leases go by their time.
        }
    }

    private async ValueTask RenewAsync(CancellationToken token)
    {
        var servers = await table.ListAsync(token);
        await leases.RenewAsync(servers.Count(server => server.Id != _self!.Id) + 1, token);
    }

    private async ValueTask SweepShardsAsync(CancellationToken token)
    {
        if (!leases.Holds(SuspectSlots.Shard))
        {
            return;
        }

        using var stale = new CancellationTokenSource(leases.Left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stale.Token, token);
        try
        {
            if (await shards.SweepAsync(either.Token) is var deleted and > 0)
            {
                Log.ShardsDeleted(logger, deleted);
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            // The lease may be another's by now: the rest is theirs.
        }
    }

    private async Task RepeatAsync(TimeSpan pause, string what, Func<CancellationToken, ValueTask> step)
    {
        // Off the caller's thread: what starts a server does not wait for it.
        await Task.Yield();
        var token = _ending.Token;
        while (!token.IsCancellationRequested)
        {
            try
            {
                await step(token);
                await Task.Delay(pause, time, token);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is StoreUnavailableException or CorruptDataException)
            {
                Log.StepFailed(logger, what, failure.Message);
                await Task.Delay(pause, time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
