using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>A run of [value]s as a server reads them: checked one by one and copied as they are.</summary>
internal static class BoundValues
{
    public static FrameBuffer Read(ref PrimitiveReader reader, int count)
    {
        var values = new FrameBuffer();
        var writer = new PrimitiveWriter(values);
        for (var i = 0; i < count; i++)
        {
            var value = reader.Value(out var state);
            switch (state)
            {
                case ValueState.Null:
                    writer.Null();
                    break;
                case ValueState.Unset:
                    writer.Unset();
                    break;
                default:
                    writer.Bytes(value);
                    break;
            }
        }
        return values;
    }
}
