namespace S3Cassandra.Cql.Protocol;

/// <summary>The three states of a [value] (native_protocol_v4.spec, section 3): its length is 0 or more, -1 or -2.</summary>
internal enum ValueState
{
    Present,

    /// <summary>Writes a tombstone.</summary>
    Null,

    /// <summary>Leaves the column as it is; not allowed for key columns.</summary>
    Unset,
}
