using System.Net;
using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol.Types;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>Asks one node, and no other, for what it counts itself.</summary>
internal sealed class NodeProbe : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private readonly Connection _connection;

    private NodeProbe(Connection connection) => _connection = connection;

    public IPEndPoint Node => _connection.Address;

    public static async Task<NodeProbe> OpenAsync(IPEndPoint node, CancellationToken token) =>
        new(await Connection.OpenAsync(node, new ConnectionOptions { ConnectTimeout = Timeout }, token));

    /// <summary>Prepared statements that the node coordinated since it was started; those of its own are not among them.</summary>
    public async Task<long> CoordinatedAsync(CancellationToken token)
    {
        using var rows = await QueryAsync("SELECT value FROM system_views.cql_metrics WHERE name = 'prepared_statements_executed'", token);
        Assert.True(rows.Read());
        return (long)rows.Decode<DoubleCodec, double>(0);
    }

    /// <summary>Reads of a table that the node did from its own disk or memory, whoever coordinated them.</summary>
    public async Task<long> LocalReadsAsync(string keyspace, string table, CancellationToken token)
    {
        using var rows = await QueryAsync(
            $"SELECT count FROM system_views.local_read_latency WHERE keyspace_name = '{keyspace}' AND table_name = '{table}'", token);
        return rows.Read() ? rows.GetBigint(0) : 0;
    }

    /// <summary>A statement to this node.</summary>
    public async Task RunAsync(string cql, CancellationToken token) => (await QueryAsync(cql, token)).Dispose();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private ValueTask<RowSet> QueryAsync(string cql, CancellationToken token) => SystemQuery.ExecuteAsync(_connection, cql, Timeout, token);
}
