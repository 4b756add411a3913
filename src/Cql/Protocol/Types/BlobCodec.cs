namespace S3Cassandra.Cql.Protocol.Types;

/// <summary>
/// native_protocol_v5.spec, section 6, blob: any bytes. Large ones are named, not copied (<see cref="Buffers.FrameBuffer.ByReferenceMinimum"/>):
/// the memory must stay as it is until the request has ended.
/// </summary>
internal readonly struct BlobCodec : ICodec<ReadOnlyMemory<byte>>
{
    public static string TypeName => "blob";

    public static void Write(PrimitiveWriter writer, ReadOnlyMemory<byte> value) => writer.Bytes(value);

    /// <summary>A blob of memory that is copied whatever its size.</summary>
    public static void Write(PrimitiveWriter writer, ReadOnlySpan<byte> value) => writer.Bytes(value);

    /// <summary>A copy; whoever wants none takes the bytes themselves.</summary>
    public static ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> bytes) => bytes.ToArray();
}
