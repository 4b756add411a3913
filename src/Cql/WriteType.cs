namespace S3Cassandra.Cql;

/// <summary>What kind of write timed out or failed (native_protocol_v4.spec, section 9, Write_timeout).</summary>
public enum WriteType
{
    /// <summary>A kind that this client does not know.</summary>
    Unknown,
    Simple,
    Batch,
    UnloggedBatch,
    Counter,

    /// <summary>Writing the batch log failed: nothing of the logged batch was applied, it may be sent again.</summary>
    BatchLog,

    /// <summary>The Paxos round of a conditional write: it may have been decided or not.</summary>
    Cas,
    View,
    Cdc,
}
