using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// Waits until all nodes that are connected have the same version of the schema: before, a statement may meet a node that knows a table not
/// yet. Each is asked for its own: what one knows of the others it has from gossip, and right after a change that may be what was before it.
/// </summary>
internal sealed class SchemaAgreement(NodeRegistry registry, ClusterOptions options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again and again; false when the time was over first.</summary>
    public async ValueTask<bool> WaitAsync(TimeSpan limit, CancellationToken token)
    {
        var started = options.Time.GetTimestamp();
        while (true)
        {
            if (await IsAgreedAsync(token))
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

    private async ValueTask<bool> IsAgreedAsync(CancellationToken token)
    {
        var connections = registry.Current.Nodes.Select(node => node.Pool?.Pick(Traffic.Metadata)).OfType<Connection>();
        try
        {
            var versions = await Task.WhenAll(connections.Select(connection => VersionAsync(connection, token)));
            return versions.Length > 0 && versions[0] is not null && Array.TrueForAll(versions, version => version == versions[0]);
        }
        catch (CqlException)
        {
            // A node went down just now: next time it is not asked, or it is there again.
            return false;
        }
    }

    private async Task<Guid?> VersionAsync(Connection connection, CancellationToken token)
    {
        using var local = await SystemQuery.ExecuteAsync(connection, "SELECT schema_version FROM system.local WHERE key='local'", options.QueryTimeout, token);
        return local.Read() && !local.IsNull(0) ? local.GetUuid(0) : null;
    }
}
