using System.Collections.Concurrent;
using S3Cassandra.Storage;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Identities;

/// <summary>
/// When access keys were last used. Requests only note it in memory; what is new is written to the catalog every minute and at the end, so
/// that it costs a write per key in use and minute, and the last minute is lost when a server dies.
/// </summary>
internal sealed class KeyUses(KeyUseStore store, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, KeyUse> _uses = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = RunAsync(_ending.Token);

    /// <summary>Where a key's uses are noted.</summary>
    public KeyUse Of(string accessKeyId) => _uses.GetOrAdd(accessKeyId, static _ => new KeyUse("s3"));

    /// <summary>The last use that this server or the catalog knows; null: none.</summary>
    public async ValueTask<KeyUseRecord?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        var stored = await store.FindAsync(accessKeyId, cancellationToken);
        return _uses.TryGetValue(accessKeyId, out var use) && use.Ticks > (stored?.LastUsed.UtcTicks ?? 0) ? RecordOf(use) : stored;
    }

    /// <summary>Writes what is new.</summary>
    public async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, use) in _uses)
        {
            if (use.Ticks == 0)
            {
                continue;
            }

            await store.NoteAsync(id, RecordOf(use), cancellationToken);
            _uses.TryRemove(new KeyValuePair<string, KeyUse>(id, use));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
        await TryWriteAsync(CancellationToken.None);
    }

    private static KeyUseRecord RecordOf(KeyUse use) => new(new DateTimeOffset(use.Ticks, TimeSpan.Zero), use.Service);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryWriteAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // It was asked to end.
        }
    }

    private async ValueTask TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or ObjectDisposedException or InvalidOperationException)
        {
            // What was not written stays and is written the next time.
        }
    }
}
