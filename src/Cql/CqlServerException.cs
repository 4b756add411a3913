namespace S3Cassandra.Cql;

/// <summary>An ERROR that a node answered with. Counts are null where the error has none (native_protocol_v5.spec, section 9).</summary>
public sealed class CqlServerException(CqlErrorCode code, string message) : CqlException(message)
{
    public CqlErrorCode Code { get; } = code;

    /// <summary>The consistency that was asked for.</summary>
    public Consistency? Consistency { get; init; }

    /// <summary>Replicas that answered in time (timeouts, failures).</summary>
    public int? Received { get; init; }

    /// <summary>Replicas that had to answer (timeouts, failures) or to be alive (Unavailable).</summary>
    public int? Required { get; init; }

    /// <summary>Replicas known to be alive (Unavailable).</summary>
    public int? Alive { get; init; }

    /// <summary>Replicas that reported a failure.</summary>
    public int? Failures { get; init; }

    /// <summary>Whether the replica asked for the data itself, not a digest, answered (reads).</summary>
    public bool? DataPresent { get; init; }

    public WriteType? WriteType { get; init; }

    /// <summary>
    /// True where a conditional write ended without anybody knowing whether it applied: v5's CAS_WRITE_UNKNOWN, and v4's write timeout of
    /// type CAS, which is the same outcome under another code.
    /// </summary>
    public bool IsUnknownCasOutcome => Code == CqlErrorCode.CasWriteUnknown || (Code == CqlErrorCode.WriteTimeout && WriteType == Cql.WriteType.Cas);
}
