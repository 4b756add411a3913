using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>The rows of the suspect table, which all servers share. A row cleared stays cleared, however late another write of it comes.</summary>
internal sealed class SuspectRows
{
    private readonly Dictionary<Guid, NamedSuspicion> _rows = [];
    private readonly HashSet<Guid> _cleared = [];

    public IEnumerable<NamedSuspicion> All => _rows.Values;

    public bool Names(Guid id) => _rows.Values.Any(naming => naming.Suspicion.Id == id);

    public void Add(NamedSuspicion naming)
    {
        if (!_cleared.Contains(naming.Stamp))
        {
            _rows.TryAdd(naming.Stamp, naming);
        }
    }

    public void Mark(NamedSuspicion naming, DateTimeOffset now)
    {
        if (_rows.TryGetValue(naming.Stamp, out var row))
        {
            _rows[naming.Stamp] = row with { UnreferencedSince = row.UnreferencedSince > now ? row.UnreferencedSince : now };
        }
    }

    public void Clear(NamedSuspicion naming)
    {
        _cleared.Add(naming.Stamp);
        _rows.Remove(naming.Stamp);
    }

    /// <summary>As if it had never been written.</summary>
    public void Forget(IEnumerable<NamedSuspicion> namings)
    {
        foreach (var naming in namings)
        {
            Clear(naming);
        }
    }
}
