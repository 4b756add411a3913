using System.Net;

namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 4.2.6, STATUS_CHANGE: <c>UP</c> or <c>DOWN</c>, and the node's native address. A node that came up
/// may not accept connections for about a second yet.
/// </summary>
internal readonly record struct StatusChangeEvent(string Change, IPEndPoint Node)
{
    public const string Up = "UP";
    public const string Down = "DOWN";

    public void Write(PrimitiveWriter writer)
    {
        writer.String(Change);
        writer.Inet(Node);
    }

    public static StatusChangeEvent Read(ref PrimitiveReader reader) => new(reader.Name(), reader.Inet());
}
