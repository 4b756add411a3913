namespace S3Cassandra.Cql.Protocol;

/// <summary>native_protocol_v4.spec, section 2.2.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,
    Compressed = 0x01,
    Tracing = 0x02,
    CustomPayload = 0x04,
    Warning = 0x08,
    Beta = 0x10,
}
