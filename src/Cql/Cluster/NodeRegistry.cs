using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Cluster;

/// <summary>The nodes that are known, each with its connections where this session sends to it. Changed by one caller at a time.</summary>
internal sealed class NodeRegistry(ConnectionFactory factory, ClusterOptions options) : IAsyncDisposable
{
    private const string Murmur3 = "Murmur3Partitioner";

    private static readonly TimeSpan RecoveryPause = ReconnectionDelays.Shortest;
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromSeconds(1);

    private readonly List<Task> _leaving = [];
    private Topology _current = Topology.Empty;

    /// <summary>The cluster as it was last read.</summary>
    public Topology Current => Volatile.Read(ref _current);

    /// <summary>The local data centre: configured, or that of the first node that was read.</summary>
    public string? LocalDatacenter { get; private set; } = options.LocalDatacenter;

    public void Apply(ClusterDescription cluster)
    {
        if (LocalDatacenter is null)
        {
            LocalDatacenter = cluster.Nodes[0].Datacenter;
            Log.LocalDatacenterChosen(options.Logger, LocalDatacenter, cluster.Nodes[0].Address);
        }
        var before = Current;
        var nodes = cluster.Nodes
            .Select(description => KeyValuePair.Create(
                Array.Find(before.Nodes, node => node.Is(description)) ?? NodeOf(description), description))
            .ToList();
        var isMurmur3 = cluster.Partitioner.EndsWith(Murmur3, StringComparison.Ordinal);
        if (!isMurmur3 && before.Nodes.Length == 0)
        {
            Log.UnknownPartitioner(options.Logger, cluster.Partitioner);
        }
        var after = new Topology(nodes, cluster.Keyspaces, LocalDatacenter, isMurmur3);
        Volatile.Write(ref _current, after);
        var gone = before.Nodes.Except(after.Nodes).ToList();
        if (before.Nodes.Length > 0 && (gone.Count > 0 || after.Nodes.Length != before.Nodes.Length))
        {
            Log.TopologyChanged(options.Logger, after.Nodes.Length, after.Local.Length);
        }
        _leaving.RemoveAll(task => task.IsCompleted);
        _leaving.AddRange(gone.Where(node => node.Pool is not null).Select(node => node.Pool!.DisposeAsync().AsTask()));
    }

    /// <summary>Tries nodes that are down at once.</summary>
    public void WakeAll()
    {
        foreach (var node in Current.Nodes)
        {
            node.Pool?.Wake();
        }
    }

    /// <summary>
    /// Waits before nodes that could not be reached are asked once more: a moment, so that connections which are ending too have ended, and
    /// until there is a connection to any of them, as long as making one anew takes when its node is well.
    /// </summary>
    /// <param name="left">The time that the caller still has: false when it is too short for that.</param>
    public async ValueTask<bool> RecoverAsync(TimeSpan left, CancellationToken token)
    {
        if (left <= RecoveryPause)
        {
            return false;
        }
        await Task.Delay(RecoveryPause, options.Time, token);
        NodePool[] pools = [.. Current.Nodes.Select(node => node.Pool).OfType<NodePool>()];
        Task[] opened = [.. pools.Select(pool => pool.NextOpened)];
        if (pools.Length == 0 || Array.Exists(pools, pool => pool.Pick(Traffic.Metadata) is not null))
        {
            return true;
        }
        left -= RecoveryPause;
        try
        {
            await Task.WhenAny(opened).WaitAsync(left < LongestRecovery ? left : LongestRecovery, options.Time, token);
        }
        catch (TimeoutException)
        {
            // None came: whoever asks now hears why.
        }
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Current.Nodes)
        {
            if (node.Pool is { } pool)
            {
                await pool.DisposeAsync();
            }
        }
        await Task.WhenAll(_leaving);
    }

    private Node NodeOf(NodeDescription description)
    {
        var node = new Node(description.HostId, description.Address, description.Datacenter, description.Rack);
        if (options.AllowRemoteDatacenters || description.Datacenter == LocalDatacenter)
        {
            node.Pool = new NodePool(node, factory, options);
        }
        return node;
    }
}
