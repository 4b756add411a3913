using System.Net;

namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 4.2.6, TOPOLOGY_CHANGE: <c>NEW_NODE</c>, <c>REMOVED_NODE</c> or <c>MOVED_NODE</c>, and the node's
/// native address. A new node may not accept connections for about a second yet.
/// </summary>
internal readonly record struct TopologyChangeEvent(string Change, IPEndPoint Node)
{
    public const string NewNode = "NEW_NODE";
    public const string RemovedNode = "REMOVED_NODE";
    public const string MovedNode = "MOVED_NODE";

    public void Write(PrimitiveWriter writer)
    {
        writer.String(Change);
        writer.Inet(Node);
    }

    public static TopologyChangeEvent Read(ref PrimitiveReader reader) => new(reader.Name(), reader.Inet());
}
