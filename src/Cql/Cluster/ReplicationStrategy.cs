using System.Globalization;

namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// Which nodes of the ring hold a position's rows, in the ring's order: the first is the primary replica. From
/// <c>system_schema.keyspaces.replication</c>: the class, and how many copies, in all or per data centre.
/// </summary>
internal sealed class ReplicationStrategy
{
    private const string ClassKey = "class";
    private const string FactorKey = "replication_factor";

    private readonly bool _isSimple;
    private readonly int _factor;
    private readonly Dictionary<string, int> _datacenters = new(StringComparer.Ordinal);

    private ReplicationStrategy(string name, IReadOnlyDictionary<string, string> replication)
    {
        Text = string.Join(' ', replication.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        if (name == "SimpleStrategy")
        {
            _isSimple = true;
            _factor = Factor(replication.GetValueOrDefault(FactorKey));
            return;
        }
        foreach (var (datacenter, factor) in replication.Where(pair => pair.Key is not (ClassKey or FactorKey)))
        {
            _datacenters[datacenter] = Factor(factor);
        }
    }

    /// <summary>Equal texts mean equal replicas.</summary>
    public string Text { get; }

    /// <summary>Null for strategies by which no node can be told from another (LocalStrategy, everywhere) and for those not known.</summary>
    public static ReplicationStrategy? From(IReadOnlyDictionary<string, string> replication)
    {
        var name = replication.GetValueOrDefault(ClassKey)?.Split('.')[^1];
        return name is "SimpleStrategy" or "NetworkTopologyStrategy" ? new ReplicationStrategy(name, replication) : null;
    }

    /// <summary>The replicas of every position of the ring.</summary>
    public Node[][] Replicas(TokenRing ring)
    {
        var replicas = new Node[ring.Count][];
        var datacenters = ring.Nodes.GroupBy(node => node.Datacenter).ToDictionary(
            group => group.Key,
            group => (Nodes: group.Count(), Racks: group.Select(node => node.Rack).Distinct().Count()));
        var nodes = ring.Nodes.Count();
        for (var position = 0; position < replicas.Length; position++)
        {
            replicas[position] = _isSimple ? Simple(ring, position, Math.Min(_factor, nodes)) : ByDatacenter(ring, position, datacenters);
        }
        return replicas;
    }

    private static Node[] Simple(TokenRing ring, int from, int count)
    {
        var chosen = new List<Node>(count);
        for (var step = 0; step < ring.Count && chosen.Count < count; step++)
        {
            var node = ring.Owner(from + step);
            if (!chosen.Contains(node))
            {
                chosen.Add(node);
            }
        }
        return [.. chosen];
    }

    /// <summary>As NetworkTopologyStrategy.calculateNaturalReplicas: a rack's second node only when there are fewer racks than copies.</summary>
    private Node[] ByDatacenter(TokenRing ring, int from, Dictionary<string, (int Nodes, int Racks)> datacenters)
    {
        var chosen = new List<Node>();
        var left = new Dictionary<string, DatacenterShare>(StringComparer.Ordinal);
        foreach (var (datacenter, factor) in _datacenters)
        {
            if (datacenters.TryGetValue(datacenter, out var size) && factor > 0)
            {
                left[datacenter] = new DatacenterShare(Math.Min(factor, size.Nodes), factor - size.Racks);
            }
        }
        var open = left.Count;
        for (var step = 0; step < ring.Count && open > 0; step++)
        {
            var node = ring.Owner(from + step);
            if (left.TryGetValue(node.Datacenter, out var share) && share.Left > 0 && !chosen.Contains(node) && share.TryTake(node.Rack))
            {
                chosen.Add(node);
                open -= share.Left == 0 ? 1 : 0;
            }
        }
        return [.. chosen];
    }

    /// <summary>A number; with transient replication <c>3/1</c>, of which one holds the data for a while only.</summary>
    private static int Factor(string? text) =>
        int.TryParse(text?.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var factor) ? factor : 0;

    private sealed class DatacenterShare(int count, int rackRepeats)
    {
        private readonly HashSet<string> _racks = new(StringComparer.Ordinal);
        private int _rackRepeats = rackRepeats;

        public int Left { get; private set; } = count;

        public bool TryTake(string rack)
        {
            if (!_racks.Add(rack) && _rackRepeats-- <= 0)
            {
                return false;
            }
            Left--;
            return true;
        }
    }
}
