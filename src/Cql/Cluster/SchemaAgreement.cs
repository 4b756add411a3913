using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Cluster;

/// <summary>Waits until all nodes that are up have the same version of the schema: before, a statement may meet a node that knows a table not yet.</summary>
internal sealed class SchemaAgreement(ControlConnection control, NodeRegistry registry, ClusterOptions options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks again and again; false when the time was over first.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan limit, CancellationToken token)
    {
        var started = options.Time.GetTimestamp();
        while (true)
        {
            if (control.Current is { } connection && await IsAgreedAsync(connection, token))
            {
                return true;
            }
            if (options.Time.GetElapsedTime(started) + Interval > limit)
            {
                Log.SchemaNotAgreed(options.Logger, limit);
                return false;
            }
            await Task.Delay(Interval, options.Time, token);
        }
    }

    private async ValueTask<bool> IsAgreedAsync(Connection connection, CancellationToken token)
    {
        try
        {
            using var local = await SystemQuery.ExecuteAsync(connection, "SELECT schema_version FROM system.local WHERE key='local'", options.QueryTimeout, token);
            if (!local.Read() || local.IsNull(0))
            {
                return false;
            }
            var version = local.GetUuid(0);
            using var peers = await SystemQuery.ExecuteAsync(connection, "SELECT host_id, schema_version FROM system.peers", options.QueryTimeout, token);
            while (peers.Read())
            {
                if (!peers.IsNull(0) && IsUp(peers.GetUuid(0)) && (peers.IsNull(1) || peers.GetUuid(1) != version))
                {
                    return false;
                }
            }
            return true;
        }
        catch (CqlException)
        {
            // The control connection is about to go to another node.
            return false;
        }
    }

    private bool IsUp(Guid hostId) => Array.Exists(registry.Current.Nodes, node => node.HostId == hostId && node.Pool is { IsUp: true });
}
