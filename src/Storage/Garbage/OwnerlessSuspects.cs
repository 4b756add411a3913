using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Garbage;

/// <summary>The suspects of a pass whose owner the store no longer knows; the next pass takes those beyond the bound.</summary>
internal sealed class OwnerlessSuspects
{
    private const int Capacity = 100_000;

    private readonly Lock _gate = new();
    private readonly List<Suspect> _all = [];

    public IReadOnlyList<Suspect> All => _all;

    public void Add(Suspect suspect)
    {
        lock (_gate)
        {
            if (_all.Count < Capacity)
            {
                _all.Add(suspect);
            }
        }
    }
}
