namespace S3Cassandra.Cql.Protocol;

/// <summary>A message's body: a readonly struct that writes itself. Requests are written by the client, responses by the fake server of the tests.</summary>
internal interface IMessage
{
    Opcode Opcode { get; }

    void Write(PrimitiveWriter writer, ProtocolVersion version);
}
