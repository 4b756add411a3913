namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 2.2: what the header's flags put before a response's message, in this order: tracing id as [uuid],
/// warnings as [string list], custom payload as [bytes map].
/// </summary>
internal readonly record struct ResponsePrefix(Guid? TracingId, string[]? Warnings, KeyValuePair<string, byte[]?>[]? CustomPayload)
{
    private const int SmallestPayload = sizeof(ushort) + sizeof(int);

    /// <summary>The flags that the header needs for this prefix.</summary>
    public FrameFlags Flags =>
        (TracingId.HasValue ? FrameFlags.Tracing : 0)
        | (Warnings is null ? 0 : FrameFlags.Warning)
        | (CustomPayload is null ? 0 : FrameFlags.CustomPayload);

    public void Write(PrimitiveWriter writer)
    {
        if (TracingId is { } id)
        {
            writer.Uuid(id);
        }
        if (Warnings is not null)
        {
            writer.StringList(Warnings);
        }
        if (CustomPayload is null)
        {
            return;
        }
        writer.Short(checked((ushort)CustomPayload.Length));
        foreach (var (key, value) in CustomPayload)
        {
            writer.String(key);
            writer.NullableBytes(value);
        }
    }

    public static ResponsePrefix Read(ref PrimitiveReader reader, FrameFlags flags) =>
        (flags & (FrameFlags.Tracing | FrameFlags.Warning | FrameFlags.CustomPayload)) == 0
            ? default
            : new(
                (flags & FrameFlags.Tracing) != 0 ? reader.Uuid() : null,
                (flags & FrameFlags.Warning) != 0 ? reader.StringList() : null,
                (flags & FrameFlags.CustomPayload) != 0 ? ReadPayload(ref reader) : null);

    private static KeyValuePair<string, byte[]?>[] ReadPayload(ref PrimitiveReader reader)
    {
        var payload = new KeyValuePair<string, byte[]?>[reader.Count(reader.Short(), SmallestPayload)];
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] = new(reader.String(), reader.NullableBytes());
        }
        return payload;
    }
}
