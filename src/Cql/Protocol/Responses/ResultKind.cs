namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 4.2.5: the [int] that opens a RESULT. A result's <c>Write</c> includes it, its <c>Read</c> begins after it.</summary>
internal enum ResultKind
{
    Void = 1,
    Rows = 2,
    SetKeyspace = 3,
    Prepared = 4,
    SchemaChange = 5,
}
