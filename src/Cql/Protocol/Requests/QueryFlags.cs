namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>native_protocol_v5.spec, sections 4.1.4 and 4.1.7: a byte in v4, an int in v5.</summary>
[Flags]
internal enum QueryFlags
{
    None = 0,
    Values = 0x01,
    SkipMetadata = 0x02,
    PageSize = 0x04,
    PagingState = 0x08,
    SerialConsistency = 0x10,
    Timestamp = 0x20,
}
