namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// The nodes to try for one statement, in turn: the replicas of the local data centre, then its other nodes, then (only where the caller
/// allows it) those of others. Replicas come shuffled, or in ring order for what Paxos decides: through one coordinator, contending
/// rounds do not break each other (reference: ~1 % of unknown outcomes over three coordinators, none over one).
/// </summary>
internal struct QueryPlan
{
    private readonly Node[] _replicas;
    private readonly Node[] _local;
    private readonly Node[] _remote;
    private readonly uint _random;
    private readonly bool _inRingOrder;
    private int _step;

    /// <param name="replicas">The replicas of the local data centre in ring order; none where they are not known.</param>
    /// <param name="local">All nodes of the local data centre.</param>
    /// <param name="remote">Nodes of others that may be tried at last.</param>
    /// <param name="random">What the order of replicas that are shuffled, and the first of the others, are drawn from.</param>
    public QueryPlan(Node[] replicas, Node[] local, Node[] remote, uint random, bool inRingOrder)
    {
        (_replicas, _local, _remote, _random, _inRingOrder) = (replicas, local, remote, random, inRingOrder);
    }

    /// <summary>The next node; null after the last.</summary>
    public Node? Next()
    {
        if (_step < _replicas.Length)
        {
            return Replica(_step++);
        }
        while (_step < _replicas.Length + _local.Length)
        {
            var node = Rotated(_local, _step++ - _replicas.Length);
            if (Array.IndexOf(_replicas, node) < 0)
            {
                return node;
            }
        }
        var at = _step - _replicas.Length - _local.Length;
        if (at >= _remote.Length)
        {
            return null;
        }
        _step++;
        return Rotated(_remote, at);
    }

    /// <summary>A random first and a random direction: every order of three, and each of more is first, second … equally often.</summary>
    private readonly Node Replica(int step)
    {
        if (_inRingOrder)
        {
            return _replicas[step];
        }
        var towards = (_random & 1) == 0 ? step : _replicas.Length - step;
        return Rotated(_replicas, towards);
    }

    private readonly Node Rotated(Node[] nodes, int step) => nodes[(int)((((_random >> 1) % (uint)nodes.Length) + (uint)step) % (uint)nodes.Length)];
}
