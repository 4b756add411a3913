using System.Net;

namespace S3Cassandra.Cql.Statements;

/// <summary>
/// Something to be executed, with how: what is not set is as the session's options say. A statement belongs to one caller at a time and is
/// not to be changed while it is being executed.
/// </summary>
public abstract class Statement
{
    private bool? _isIdempotent;
    private TimeSpan? _timeout;

    /// <summary>How many replicas must answer; for a conditional statement, how many must have the outcome once it is decided.</summary>
    public Consistency? Consistency { get; set; }

    /// <summary>SERIAL or LOCAL_SERIAL: among whom a conditional statement is decided. The two must never be mixed on one partition.</summary>
    public Consistency? SerialConsistency { get; set; }

    /// <summary>The time of the write in microseconds since the Unix epoch; null: the node's clock. Conditional statements ignore it.</summary>
    public long? Timestamp { get; set; }

    /// <summary>Rows per page.</summary>
    public int? PageSize { get; set; }

    /// <summary>Where the page begins, from <see cref="RowSet.PagingState"/>; empty for the first.</summary>
    public ReadOnlyMemory<byte> PagingState { get; set; }

    /// <summary>For the whole of it, every attempt and every wait included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        set => _timeout = value is { } timeout && timeout <= TimeSpan.Zero
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "A timeout is more than zero.")
            : value;
    }

    public Traffic Traffic { get; set; }

    /// <summary>The one node to ask, as <see cref="Cluster.NodeStatus.Address"/> names it: for what each node knows of itself alone. Null: whoever has it.</summary>
    public IPEndPoint? Node { get; set; }

    /// <summary>
    /// Whether executing it twice is the same as once: then, and only then, it is sent again after an unknown end. Reads are, unless it is
    /// said otherwise; writes only when it is said. A conditional write never is, whatever is said: executed again it would meet its own effect.
    /// </summary>
    public bool IsIdempotent
    {
        get => !IsConditional && (_isIdempotent ?? IsIdempotentByNature);
        set => _isIdempotent = value;
    }

    /// <summary>Whether it is a write with an IF.</summary>
    public abstract bool IsConditional { get; }

    /// <summary>The keyspace that it works on, as far as that is known; by it the replicas are found.</summary>
    public abstract string? Keyspace { get; }

    internal abstract StatementKind Kind { get; }

    internal virtual bool IsIdempotentByNature => Kind == StatementKind.Read;

    /// <summary>What may be logged of it: its text, never a value.</summary>
    internal abstract string LogText { get; }

    /// <summary>Bytes of its values, roughly what a request of it takes.</summary>
    internal abstract int Size { get; }

    /// <summary>The bytes of the partition key, as the partitioner hashes them; zero where they are not known.</summary>
    internal abstract int RoutingKeyLength { get; }

    /// <summary>Writes the partition key's bytes.</summary>
    internal abstract void WriteRoutingKey(Span<byte> destination);

    private protected void ResetOptions()
    {
        _isIdempotent = null;
        _timeout = null;
        Consistency = null;
        SerialConsistency = null;
        Timestamp = null;
        PageSize = null;
        PagingState = default;
        Traffic = Traffic.Metadata;
        Node = null;
    }
}
