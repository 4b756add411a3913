using System.Globalization;
using System.Net;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// Reads <c>system.local</c>, <c>system.peers_v2</c> (<c>system.peers</c> where there is none: Cassandra 3, ScyllaDB) and the keyspaces.
/// </summary>
internal sealed class ClusterReader(Connection connection, ClusterOptions options)
{
    private const string LocalQuery = "SELECT * FROM system.local WHERE key='local'";
    private const string PeersV2Query = "SELECT * FROM system.peers_v2";
    private const string PeersQuery = "SELECT * FROM system.peers";
    private const string KeyspacesQuery = "SELECT keyspace_name, replication FROM system_schema.keyspaces";

    public async ValueTask<ClusterDescription> ReadAsync(CancellationToken token)
    {
        var nodes = new List<NodeDescription>();
        string partitioner;
        using (var local = await QueryAsync(LocalQuery, token))
        {
            if (!local.Read())
            {
                throw new CqlProtocolException($"{connection.Address} has no row in system.local.") { Node = connection.Address };
            }
            partitioner = local.GetText(local.IndexOf("partitioner"));
            nodes.Add(Describe(local, LocalAddress(local)) ?? throw new CqlProtocolException($"{connection.Address} does not say who it is in system.local."));
        }
        using (var peers = await PeersAsync(token))
        {
            while (peers.Read())
            {
                if (PeerAddress(peers) is { } address && Describe(peers, Translate(address)) is { } node && nodes.TrueForAll(other => other.HostId != node.HostId))
                {
                    nodes.Add(node);
                }
            }
        }
        return new(partitioner, nodes, await KeyspacesAsync(token));
    }

    private ValueTask<RowSet> QueryAsync(string cql, CancellationToken token) => SystemQuery.ExecuteAsync(connection, cql, options.QueryTimeout, token);

    private async ValueTask<RowSet> PeersAsync(CancellationToken token)
    {
        try
        {
            return await QueryAsync(PeersV2Query, token);
        }
        catch (CqlServerException e) when (e.Code is CqlErrorCode.Invalid or CqlErrorCode.ConfigError)
        {
            return await QueryAsync(PeersQuery, token);
        }
    }

    private async ValueTask<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> KeyspacesAsync(CancellationToken token)
    {
        var keyspaces = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        using var rows = await QueryAsync(KeyspacesQuery, token);
        while (rows.Read())
        {
            var texts = Texts(rows, 1, perElement: 2);
            var replication = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < texts.Count; i += 2)
            {
                replication[texts[i]] = texts[i + 1];
            }
            keyspaces[rows.GetText(0)] = replication;
        }
        return keyspaces;
    }

    /// <summary>Without a translator the node is where this connection goes: that address works. With one, what it calls itself is translated.</summary>
    private IPEndPoint LocalAddress(RowSet local)
    {
        var itself = Address(local, "rpc_address", "rpc_port") ?? Address(local, "broadcast_address", "rpc_port");
        return options.AddressTranslator is null || itself is null ? connection.Address : Translate(itself);
    }

    private IPEndPoint? PeerAddress(RowSet peers) => Address(peers, "native_address", "native_port") ?? Address(peers, "rpc_address", null) ?? Address(peers, "peer", null);

    private IPEndPoint? Address(RowSet rows, string addressColumn, string? portColumn)
    {
        var column = rows.TryIndexOf(addressColumn);
        if (column < 0 || rows.IsNull(column))
        {
            return null;
        }
        var address = rows.GetInet(column);
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return null;
        }
        var port = portColumn is null ? -1 : rows.TryIndexOf(portColumn);
        return new IPEndPoint(address, port >= 0 && !rows.IsNull(port) ? rows.GetInt(port) : connection.Address.Port);
    }

    private IPEndPoint Translate(IPEndPoint address) => options.AddressTranslator?.Invoke(address) ?? address;

    /// <summary>Null for a row that is still being filled: a node that joins, or one that a defect left behind (CASSANDRA-9086).</summary>
    private static NodeDescription? Describe(RowSet row, IPEndPoint address)
    {
        var (hostId, datacenter, rack, tokens) = (row.IndexOf("host_id"), row.IndexOf("data_center"), row.IndexOf("rack"), row.IndexOf("tokens"));
        return row.IsNull(hostId) || row.IsNull(datacenter) || row.IsNull(rack) || row.IsNull(tokens)
            ? null
            : new(row.GetUuid(hostId), address, row.GetText(datacenter), row.GetText(rack), Tokens(row, tokens));
    }

    private static List<long> Tokens(RowSet row, int column)
    {
        var tokens = new List<long>();
        foreach (var text in Texts(row, column, perElement: 1))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var token))
            {
                tokens.Add(token);
            }
        }
        return tokens;
    }

    /// <summary>The texts of a set, or a map's keys and values in turn.</summary>
    private static List<string> Texts(RowSet row, int column, int perElement)
    {
        var texts = new List<string>();
        if (row.GetEncoded(column) is not { } encoded)
        {
            return texts;
        }
        var reader = new PrimitiveReader(encoded.Span);
        var count = reader.Count(reader.Int(), perElement * sizeof(int)) * perElement;
        for (var i = 0; i < count; i++)
        {
            texts.Add(PrimitiveReader.Text(reader.Bytes(out _)));
        }
        return texts;
    }
}
