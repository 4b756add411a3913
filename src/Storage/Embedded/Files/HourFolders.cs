using System.Collections.Concurrent;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>Makes the folders of the hours, durably, and syncs them.</summary>
internal sealed class HourFolders(StoreHealth health, IoThreads threads)
{
    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DirectorySync> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// Makes a folder whose parent exists; syncs the parent, without which the folder could be lost with all that is in it. That the
    /// folder exists says nothing: another thread, or a process that was killed, may have made it and not synced yet.
    /// </summary>
    public void Create(string path)
    {
        if (_made.ContainsKey(path) && Directory.Exists(path))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (IOException e)
        {
            // .NET keeps errno in HResult where it has no exception of its own for it.
            throw health.FailedWrite($"creation of {path}", e.HResult);
        }

        var error = Posix.SyncDirectory(Path.GetDirectoryName(path)!);
        if (error != 0)
        {
            throw health.FailedWrite("fsync of the blobs' folder", error);
        }

        // The folders of past hours are let go of.
        if (_made.Count > 64)
        {
            _made.Clear();
        }

        _made[path] = true;
    }

    /// <summary>Syncs a folder, together with others who want the same.</summary>
    public async ValueTask SyncAsync(string path)
    {
        // The folders of past hours are let go of: there are two per hour.
        if (_known.Count > 64)
        {
            _known.Clear();
        }

        var error = await _known.GetOrAdd(path, static (path, threads) => new DirectorySync(path, threads), threads).RunAsync();
        if (error != 0 && error != Posix.NotFound)
        {
            throw health.FailedWrite($"fsync of {path}", error);
        }
    }
}
