using System.Net;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Types;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>What a fake node says of its cluster: the system tables that a client reads.</summary>
internal static class FakeSystemTables
{
    private static readonly CqlType TextSet = new(CqlTypeCode.Set, [CqlType.Scalar(CqlTypeCode.Text)]);
    private static readonly CqlType TextMap = new(CqlTypeCode.Map, [CqlType.Scalar(CqlTypeCode.Text), CqlType.Scalar(CqlTypeCode.Text)]);

    /// <summary>Null for a query that is none of the system tables'.</summary>
    public static FakeReply? Answer(FakeRequest request)
    {
        var node = request.Node;
        return request.Cql switch
        {
            _ when request.Cql.StartsWith("SELECT schema_version FROM system.local", StringComparison.Ordinal) =>
                FakeReply.Rows([FakeColumns.Of("schema_version", CqlTypeCode.Uuid)], Bytes<UuidCodec, Guid>(node.Cluster.SchemaVersionOf(node))),
            _ when request.Cql.Contains("FROM system.local", StringComparison.Ordinal) => Local(node),
            _ when request.Cql.Contains("FROM system.peers_v2", StringComparison.Ordinal) => node.Cluster.HasPeersV2
                ? Peers(node, "native_address", withPort: true)
                : FakeReply.Error(CqlErrorCode.Invalid, "unconfigured table peers_v2"),
            _ when request.Cql.StartsWith("SELECT host_id, schema_version", StringComparison.Ordinal) => SchemaVersions(node),
            _ when request.Cql.Contains("FROM system.peers", StringComparison.Ordinal) => Peers(node, "rpc_address", withPort: false),
            _ when request.Cql.Contains("FROM system_schema.keyspaces", StringComparison.Ordinal) => Keyspaces(node.Cluster),
            _ => null,
        };
    }

    private static FakeReply Local(FakeNode node) => FakeReply.Rows(
        [
            FakeColumns.Of("partitioner", CqlTypeCode.Text), FakeColumns.Of("host_id", CqlTypeCode.Uuid),
            FakeColumns.Of("data_center", CqlTypeCode.Text), FakeColumns.Of("rack", CqlTypeCode.Text), FakeColumns.Of("tokens", TextSet),
            FakeColumns.Of("rpc_address", CqlTypeCode.Inet), FakeColumns.Of("rpc_port", CqlTypeCode.Int),
        ],
        Bytes<TextCodec, string>("org.apache.cassandra.dht.Murmur3Partitioner"), Bytes<UuidCodec, Guid>(node.HostId),
        Bytes<TextCodec, string>(node.Datacenter), Bytes<TextCodec, string>(node.Rack), Tokens(node),
        Bytes<InetCodec, IPAddress>(node.Address.Address), Bytes<IntCodec, int>(node.Address.Port));

    private static FakeReply Peers(FakeNode node, string addressColumn, bool withPort)
    {
        List<ColumnSpec> columns =
        [
            FakeColumns.Of(addressColumn, CqlTypeCode.Inet), FakeColumns.Of("host_id", CqlTypeCode.Uuid),
            FakeColumns.Of("data_center", CqlTypeCode.Text), FakeColumns.Of("rack", CqlTypeCode.Text), FakeColumns.Of("tokens", TextSet),
        ];
        var cells = new List<byte[]?>();
        foreach (var peer in node.Cluster.Nodes.Where(peer => peer != node))
        {
            cells.AddRange(
                Bytes<InetCodec, IPAddress>(peer.Address.Address), Bytes<UuidCodec, Guid>(peer.HostId),
                Bytes<TextCodec, string>(peer.Datacenter), Bytes<TextCodec, string>(peer.Rack), Tokens(peer));
            if (withPort)
            {
                cells.Add(Bytes<IntCodec, int>(peer.Address.Port));
            }
        }
        if (withPort)
        {
            columns.Add(FakeColumns.Of("native_port", CqlTypeCode.Int));
        }
        return FakeReply.Rows([.. columns], [.. cells]);
    }

    private static FakeReply SchemaVersions(FakeNode node) => FakeReply.Rows(
        [FakeColumns.Of("host_id", CqlTypeCode.Uuid), FakeColumns.Of("schema_version", CqlTypeCode.Uuid)],
        [
            .. node.Cluster.Nodes.Where(peer => peer != node)
                .SelectMany(peer => new byte[]?[] { Bytes<UuidCodec, Guid>(peer.HostId), Bytes<UuidCodec, Guid>(node.Cluster.SchemaVersionOf(peer)) }),
        ]);

    private static FakeReply Keyspaces(FakeCluster cluster) => FakeReply.Rows(
        [FakeColumns.Of("keyspace_name", CqlTypeCode.Text), FakeColumns.Of("replication", TextMap)],
        [
            .. cluster.Keyspaces.SelectMany(keyspace => new byte[]?[]
            {
                Bytes<TextCodec, string>(keyspace.Key),
                Bytes<MapCodec<TextCodec, string, TextCodec, string>, IReadOnlyDictionary<string, string>>(keyspace.Value),
            }),
        ]);

    private static byte[] Tokens(FakeNode node) => Bytes<SetCodec<TextCodec, string>, IReadOnlyCollection<string>>(
        [.. node.Tokens.Select(token => token.ToString(System.Globalization.CultureInfo.InvariantCulture))]);

    /// <summary>A value's bytes, its length left out.</summary>
    internal static byte[] Bytes<TCodec, T>(T value)
        where TCodec : struct, ICodec<T>
    {
        var buffer = new FrameBuffer();
        TCodec.Write(new PrimitiveWriter(buffer), value);
        return buffer.OwnSpan[sizeof(int)..].ToArray();
    }
}
