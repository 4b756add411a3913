namespace S3Cassandra.Cql.Connections;

/// <summary>
/// What the callers that one thread tells of their answers send next: it is written by that thread, once it has told some of them, in one
/// system call and without another thread being woken for it. Only small frames: a large one has its writer go at once.
/// </summary>
internal sealed class GatheredWrites
{
    [ThreadStatic]
    private static GatheredWrites? _ofThread;

    private readonly List<FrameWriter> _writers = [];
    private bool _isGathering;

    /// <summary>This thread's; null where it does not gather.</summary>
    public static GatheredWrites? Current => _ofThread is { _isGathering: true } current ? current : null;

    /// <summary>From here to <see cref="Write"/> this thread gathers.</summary>
    public static GatheredWrites Begin()
    {
        var gathered = _ofThread ??= new();
        gathered._isGathering = true;
        return gathered;
    }

    public void Add(FrameWriter writer) => _writers.Add(writer);

    public bool Contains(FrameWriter writer) => _writers.Contains(writer);

    /// <summary>Writes what was gathered.</summary>
    public void Write()
    {
        _isGathering = false;
        foreach (var writer in _writers)
        {
            writer.WriteGathered();
        }
        _writers.Clear();
    }
}
