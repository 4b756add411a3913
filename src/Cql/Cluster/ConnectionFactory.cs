using System.Collections.Concurrent;
using System.Net;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Cluster;

/// <summary>Opens connections in the version that the cluster speaks.</summary>
internal sealed class ConnectionFactory(ClusterOptions options)
{
    private readonly ConcurrentDictionary<IPEndPoint, string> _names = new();
    private volatile ProtocolVersionBox _version = new(options.Connection.Version);

    /// <summary>The version asked for, or a lower one once a node has refused it.</summary>
    public ProtocolVersion Version => _version.Value;

    /// <summary>The name that the certificate of the node at an address is to carry: a contact point's own.</summary>
    public void SetName(IPEndPoint address, string? name)
    {
        if (name is not null)
        {
            _names[address] = name;
        }
    }

    public async ValueTask<Connection> OpenAsync(IPEndPoint address, Action<EventResponse>? onEvent, CancellationToken token)
    {
        var version = Version;
        try
        {
            return await Connection.OpenAsync(address, OptionsFor(address, version, onEvent), token);
        }
        catch (CqlServerException e) when (e.Code == CqlErrorCode.ProtocolError && version > ProtocolVersion.V4)
        {
            var connection = await Connection.OpenAsync(address, OptionsFor(address, ProtocolVersion.V4, onEvent), token);
            if (Version != ProtocolVersion.V4)
            {
                _version = new(ProtocolVersion.V4);
                Log.VersionLowered(options.Logger, address, version, ProtocolVersion.V4, e.Message);
            }
            return connection;
        }
    }

    /// <summary>A connection for statements: names without a keyspace are in the session's.</summary>
    public async ValueTask<Connection> OpenForStatementsAsync(IPEndPoint address, CancellationToken token)
    {
        var connection = await OpenAsync(address, null, token);
        if (options.Keyspace is null)
        {
            return connection;
        }
        try
        {
            using var rows = await SystemQuery.ExecuteAsync(connection, $"USE {Quoted(options.Keyspace)}", options.QueryTimeout, token);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A name as it is, whatever its case.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private ConnectionOptions OptionsFor(IPEndPoint address, ProtocolVersion version, Action<EventResponse>? onEvent) => options.Connection with
    {
        Version = version,
        HostName = _names.GetValueOrDefault(address),
        OnEvent = onEvent,
    };

    private sealed record ProtocolVersionBox(ProtocolVersion Value);
}
