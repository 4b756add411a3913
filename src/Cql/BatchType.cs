namespace S3Cassandra.Cql;

/// <summary>Kinds of batches with their numbers on the wire (native_protocol_v5.spec, section 4.1.7).</summary>
public enum BatchType : byte
{
    /// <summary>All of it is applied in the end, or nothing: written to a batch log first where it spans several partitions.</summary>
    Logged = 0,

    /// <summary>No batch log. All-or-nothing only within one partition; conditional batches are of one partition anyway.</summary>
    Unlogged = 1,

    /// <summary>Increments of counters, and nothing else.</summary>
    Counter = 2,
}
