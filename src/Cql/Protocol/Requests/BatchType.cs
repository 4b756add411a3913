namespace S3Cassandra.Cql.Protocol.Requests;

/// <summary>native_protocol_v5.spec, section 4.1.7, type.</summary>
internal enum BatchType : byte
{
    Logged = 0,
    Unlogged = 1,
    Counter = 2,
}
