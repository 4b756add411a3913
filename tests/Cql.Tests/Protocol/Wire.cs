using System.Text;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.Protocol;

/// <summary>Bytes as tests write them: hex with blanks where they help, and text between quotes: <c>0003 'CAS' 0002</c>.</summary>
internal static class Wire
{
    public static byte[] Bytes(string notation)
    {
        List<byte> bytes = [];
        var parts = notation.Split('\'');
        for (var i = 0; i < parts.Length; i++)
        {
            bytes.AddRange(i % 2 == 0 ? Convert.FromHexString(parts[i].Replace(" ", "", StringComparison.Ordinal)) : Encoding.UTF8.GetBytes(parts[i]));
        }
        return [.. bytes];
    }

    public static FrameBuffer Buffer(string notation)
    {
        var buffer = new FrameBuffer();
        buffer.Append(Bytes(notation));
        return buffer;
    }

    public static byte[] Body<TMessage>(TMessage message, ProtocolVersion version)
        where TMessage : struct, IMessage
    {
        var buffer = new FrameBuffer();
        message.Write(new PrimitiveWriter(buffer), version);
        return Flat(buffer);
    }

    public static TMessage Read<TMessage>(ReadOnlySpan<byte> body, ProtocolVersion version, out int end)
        where TMessage : struct, IReadableMessage<TMessage>
    {
        var reader = new PrimitiveReader(body);
        if (default(TMessage).Opcode == Opcode.Result)
        {
            ResultKindCodec.Read(ref reader);
        }
        var message = TMessage.Read(ref reader, version);
        end = reader.Position;
        return message;
    }

    /// <summary>The message is written as these bytes; they, and more behind them, are read as a message that is written as these bytes again.</summary>
    public static TMessage Check<TMessage>(string expected, TMessage message, ProtocolVersion version)
        where TMessage : struct, IReadableMessage<TMessage>
    {
        var bytes = Bytes(expected);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Body(message, version)));
        var read = Read<TMessage>([.. bytes, 0xDE, 0xAD], version, out var end);
        if (read is not RowsResult)
        {
            Assert.Equal(bytes.Length, end);
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Body(read, version)));
        }
        return read;
    }

    public static byte[] Flat(FrameBuffer buffer)
    {
        List<byte> bytes = [];
        var from = 0;
        foreach (var reference in buffer.References)
        {
            bytes.AddRange(buffer.OwnSpan[from..reference.At]);
            bytes.AddRange(reference.Memory.Span);
            from = reference.At;
        }
        bytes.AddRange(buffer.OwnSpan[from..]);
        return [.. bytes];
    }
}
