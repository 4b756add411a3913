using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Garbage;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>Runs the sweeper beside the server, until it is told to end.</summary>
internal sealed class BackgroundSweep(
    StoreSeams store, ServerOptions options, TimeProvider time, ILogger<BackgroundSweep> logger)
    : IProgress<SweepReport>, IAsyncDisposable
{
    /// <summary>Passes follow each other no faster, however short the grace.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = new Sweeper(store.Index, store.Blobs, SweepOptions(), time).RunAsync(this, _ending.Token);

    public void Report(SweepReport value)
    {
        if (value.Failures > 0)
        {
            Log.SweepFailed(logger, value.Failure, value.Failures);
        }

        if (value.Freed > 0)
        {
            Log.Swept(logger, value.Freed, value.Looked);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // It was asked to end.
        }

        _ending.Dispose();
    }

    private SweeperOptions SweepOptions()
    {
        var usual = store.Sweeping;
        return options.GarbageGrace is { } grace
            ? usual with
            {
                WrittenGrace = grace,
                ReleasedGrace = Shorter(grace, usual.ReleasedGrace),
                SecondLook = Shorter(grace, usual.SecondLook),
                Interval = Shorter(grace > Shortest ? grace : Shortest, usual.Interval),
            }
            : usual;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
