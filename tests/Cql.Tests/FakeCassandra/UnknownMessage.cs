using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>An answer of an opcode that is none, with nothing in it.</summary>
internal readonly record struct UnknownMessage(Opcode Opcode) : IMessage
{
    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
    }
}
