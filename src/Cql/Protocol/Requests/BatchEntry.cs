using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>
/// native_protocol_v5.spec, section 4.1.7, query_i: a statement's text, or where <paramref name="Cql"/> is null a prepared statement's id
/// (never with an id of the result's metadata, v5 either), and its values as <see cref="QueryParameters.Values"/> has them.
/// </summary>
internal readonly record struct BatchEntry(string? Cql, ReadOnlyMemory<byte> PreparedId, FrameBuffer? Values, int ValueCount)
{
    /// <summary>Bytes of the shortest entry: kind, length of the id, count of values.</summary>
    public const int Smallest = 5;

    private const byte KindText = 0;
    private const byte KindPrepared = 1;

    public void Write(PrimitiveWriter writer)
    {
        if (Cql is not null)
        {
            writer.Byte(KindText);
            writer.LongString(Cql);
        }
        else
        {
            writer.Byte(KindPrepared);
            writer.ShortBytes(PreparedId.Span);
        }
        writer.Short(checked((ushort)ValueCount));
        if (ValueCount > 0)
        {
            writer.Buffer.Append(Values!);
        }
    }

    public static BatchEntry Read(ref PrimitiveReader reader)
    {
        var kind = reader.Byte();
        var cql = kind switch
        {
            KindText => reader.LongString(),
            KindPrepared => null,
            _ => throw new CqlProtocolException($"A statement of a batch has the kind {kind}."),
        };
        var id = kind == KindPrepared ? reader.ShortBytes().ToArray() : default(ReadOnlyMemory<byte>);
        var count = reader.Short();
        return new(cql, id, count == 0 ? null : BoundValues.Read(ref reader, count), count);
    }
}
