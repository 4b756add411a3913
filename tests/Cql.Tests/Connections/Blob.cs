using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Tests.Connections;

/// <summary>A message of bytes: enough to tell requests and answers apart.</summary>
internal readonly record struct Blob(ReadOnlyMemory<byte> Bytes) : IMessage
{
    public Opcode Opcode => Opcode.Result;

    public void Write(PrimitiveWriter writer, ProtocolVersion version) => writer.Buffer.Append(Bytes);

    public static Blob Of(int value) => new(BitConverter.GetBytes(value));

    public static int ToInt(ReadOnlySpan<byte> bytes) => BitConverter.ToInt32(bytes);
}
