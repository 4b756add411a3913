using System.Net;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>Asks each node of the local data centre for its settings, and looks what of them does not go with this store.</summary>
internal static class NodeSettings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Findings with the nodes that have them, the fatal ones first. A node that does not answer is a finding.</summary>
    public static async ValueTask<IReadOnlyList<(NodeFinding Finding, IReadOnlyList<IPEndPoint> Nodes)>> CheckAsync(
        CqlSession session, CassandraStoreOptions options, CancellationToken token)
    {
        var checks = new NodeChecks(options);
        var nodes = session.Nodes.Where(node => node.Datacenter == session.LocalDatacenter);
        var found = await Task.WhenAll(nodes.Select(async node =>
            (await FindAsync(session, checks, node, token)).Select(finding => (finding, node.Address))));
        return
        [
            .. found.SelectMany(one => one)
                .GroupBy(one => one.finding, one => one.Address)
                .OrderByDescending(group => group.Key.IsFatal)
                .Select(group => (group.Key, (IReadOnlyList<IPEndPoint>)[.. group])),
        ];
    }

    private static async Task<IReadOnlyList<NodeFinding>> FindAsync(CqlSession session, NodeChecks checks, NodeStatus node, CancellationToken token)
    {
        var select = new SimpleStatement("SELECT name, value FROM system_views.settings")
        {
            Node = node.Address,
            Consistency = Consistency.One,
            Timeout = Patience,
        };
        try
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal);
            await foreach (var page in session.QueryPagesAsync(select, token))
            {
                while (page.Read())
                {
                    settings[page.GetText(0)] = page.IsNull(1) ? "" : page.GetText(1);
                }
            }

            return [.. checks.Judge(settings)];
        }
        catch (CqlException failure)
        {
            return [new NodeFinding(false, $"its settings could not be looked at: {failure.Message}")];
        }
    }
}
