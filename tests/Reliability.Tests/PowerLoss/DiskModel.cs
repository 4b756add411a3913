namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>
/// What a disk promises, and no more: a file's bytes are kept from a sync of the file that began after the write ended, an entry of a
/// folder from a sync of the folder; in between anything may be lost. O_DIRECT promises nothing more.
/// </summary>
internal sealed class DiskModel
{
    private const int Sector = 512;

    private readonly Dictionary<string, FileState?> _live = new(StringComparer.Ordinal) { [""] = null };
    private readonly Dictionary<string, FileState?> _kept = new(StringComparer.Ordinal) { [""] = null };
    private readonly List<FileOperation> _pendingEntries = [];
    private readonly Dictionary<FileOperation, FileState?> _subjects = [];

    public void Apply(FileOperation operation)
    {
        switch (operation.Kind)
        {
            case FileOperationKind.Create when !_live.ContainsKey(operation.Path):
                Change(operation, new FileState());
                break;
            case FileOperationKind.MakeFolder:
                Change(operation, null);
                break;
            case FileOperationKind.Rename or FileOperationKind.Remove:
                Change(operation, _live.GetValueOrDefault(operation.Path));
                break;
            case FileOperationKind.Write or FileOperationKind.Resize:
                _live.GetValueOrDefault(operation.Path)?.Pending.Add(operation);
                break;
            case FileOperationKind.Sync:
                Sync(operation);
                break;
        }
    }

    /// <summary>The files (and, as null, the folders) that are there when the power is back.</summary>
    public SortedDictionary<string, byte[]?> Lose(LossMode mode, Random random)
    {
        var entries = new Dictionary<string, FileState?>(_kept, StringComparer.Ordinal);
        foreach (var folder in _pendingEntries.GroupBy(operation => operation.Folder, StringComparer.Ordinal))
        {
            var arrived = mode switch
            {
                LossMode.Everything => 0,
                LossMode.Torn => random.Next(folder.Count() + 1),
                _ => folder.Count(),
            };
            foreach (var operation in folder.Take(arrived))
            {
                Enter(entries, operation);
            }
        }

        var image = new SortedDictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var (path, state) in entries.Where(entry => IsReachable(entries, entry.Key)))
        {
            image[path] = state?.Lose(mode, random, Sector);
        }

        return image;
    }

    private static bool IsReachable(Dictionary<string, FileState?> entries, string path)
    {
        while (path.Length > 0)
        {
            path = Path.GetDirectoryName(path) ?? "";
            if (!entries.TryGetValue(path, out var folder) || folder is not null)
            {
                return false;
            }
        }

        return true;
    }

    private void Change(FileOperation operation, FileState? subject)
    {
        _subjects[operation] = subject;
        _pendingEntries.Add(operation);
        Enter(_live, operation);
    }

    private void Enter(Dictionary<string, FileState?> entries, FileOperation operation)
    {
        switch (operation.Kind)
        {
            case FileOperationKind.Remove:
                entries.Remove(operation.Path);
                break;
            case FileOperationKind.Rename:
                entries.Remove(operation.Path);
                entries[operation.Target] = _subjects[operation];
                break;
            default:
                entries[operation.Path] = _subjects[operation];
                break;
        }
    }

    private void Sync(FileOperation sync)
    {
        if (!_live.TryGetValue(sync.Path, out var state))
        {
            return;
        }

        if (state is not null)
        {
            state.Keep(sync.Start);
            return;
        }

        foreach (var operation in _pendingEntries.Where(operation => operation.End <= sync.Start && Concerns(operation, sync.Path)).ToList())
        {
            Enter(_kept, operation);
            _pendingEntries.Remove(operation);
        }
    }

    private static bool Concerns(FileOperation operation, string folder) =>
        operation.Folder == folder || (operation.Kind == FileOperationKind.Rename && (Path.GetDirectoryName(operation.Target) ?? "") == folder);
}
