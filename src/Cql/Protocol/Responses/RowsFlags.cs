namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, sections 4.2.5.2 and 4.2.5.4, metadata.</summary>
[Flags]
internal enum RowsFlags
{
    None = 0,

    /// <summary>One keyspace and table for all columns, before them.</summary>
    GlobalTableSpec = 0x01,
    HasMorePages = 0x02,

    /// <summary>The columns are only counted: the client asked for that, or there are none.</summary>
    NoMetadata = 0x04,

    /// <summary>v5: the result's columns are not those of the metadata id that EXECUTE named; the new id and columns follow.</summary>
    MetadataChanged = 0x08,
}
