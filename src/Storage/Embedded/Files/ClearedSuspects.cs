using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Embedded.Sqlite;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>
/// Suspicions that were cleared and still have their row. Rows go in the background, many at once, after the folders out of which blobs
/// were deleted are synced: a deletion that a power cut takes back must still have its suspect. Until then they are just not shown.
/// </summary>
internal sealed class ClearedSuspects(WriterThread writer, HourFolders folders, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _unsynced = new(StringComparer.Ordinal);
    private readonly HashSet<(SuspectKind Kind, UInt128 Id, DateTimeOffset Since)> _hidden = [];
    private readonly CancellationTokenSource _closing = new();
    private List<Suspect> _waiting = [];
    private Task _flush = Task.CompletedTask;

    public bool Contains(Suspect suspect)
    {
        lock (_gate)
        {
            return _hidden.Contains(IdOf(suspect));
        }
    }

    /// <summary>A file was deleted from this folder.</summary>
    public void NoteDeletion(string folder)
    {
        lock (_gate)
        {
            _unsynced.Add(folder);
        }
    }

    public void Add(Suspect suspect)
    {
        lock (_gate)
        {
            _hidden.Add(IdOf(suspect));
            _waiting.Add(suspect);
            if (_waiting.Count == 1 && _flush.IsCompleted)
            {
                _flush = FlushSoonAsync();
            }
        }
    }

    /// <summary>Writes down what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _flush;
        try
        {
            await FlushAsync();
        }
        catch (StoreUnavailableException)
        {
            // They stay suspects, and the next sweep clears them.
        }

        _closing.Dispose();
    }

    private async Task FlushSoonAsync()
    {
        try
        {
            bool more;
            do
            {
                await Task.Delay(Pause, clock, _closing.Token);
                await FlushAsync();
                lock (_gate)
                {
                    more = _waiting.Count > 0;
                }
            }
            while (more);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            // Closing, or the disk is broken or full: they stay suspects.
        }
    }

    private async Task FlushAsync()
    {
        List<Suspect> cleared;
        List<string> unsynced;
        lock (_gate)
        {
            (cleared, _waiting) = (_waiting, []);
            unsynced = [.. _unsynced];
            _unsynced.Clear();
        }

        if (cleared.Count == 0)
        {
            return;
        }

        foreach (var folder in unsynced)
        {
            await folders.SyncAsync(folder);
        }

        CrashPoint.Hit("suspect-before-clear");
        await writer.RunAsync(new DelegateJob<bool>(on => on.Suspects.Clear(cleared)), CancellationToken.None);
        CrashPoint.Hit("suspect-after-clear");
        lock (_gate)
        {
            foreach (var suspect in cleared)
            {
                _hidden.Remove(IdOf(suspect));
            }
        }
    }

    private static (SuspectKind Kind, UInt128 Id, DateTimeOffset Since) IdOf(Suspect suspect) => (
        suspect.Kind,
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SuspectQueries.IdOf(suspect)),
        suspect.Since);
}
