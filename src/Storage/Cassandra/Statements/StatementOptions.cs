using S3Cassandra.Cql;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>At which levels the index's tables are used, and how long one statement may take.</summary>
internal sealed record StatementOptions
{
    /// <summary>Of plain reads and writes, and of how far a conditional write must have got before it counts as applied.</summary>
    public Consistency Consistency { get; init; } = Consistency.LocalQuorum;

    /// <summary>Among whom conditional writes are decided: the level recorded at install, for ever the same.</summary>
    public Consistency Serial { get; init; } = Consistency.LocalSerial;

    /// <summary>Every attempt and wait included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(4);
}
