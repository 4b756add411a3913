using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Sessions;

/// <summary>How a conditional statement ended, with what came of it. Dispose it when its rows have been read.</summary>
public sealed class ConditionalResult : IDisposable
{
    internal ConditionalResult(RowSet rows, bool applied)
    {
        Outcome = applied ? Outcome.Applied : Outcome.NotApplied;
        Rows = rows;
    }

    internal ConditionalResult(CqlException cause)
    {
        Outcome = Outcome.Unknown;
        Cause = cause;
    }

    public Outcome Outcome { get; }

    /// <summary>
    /// The answer's rows, of which none has been read yet: <c>[applied]</c> and, when not applied, what the condition met (one row for each
    /// row of the batch that has a condition; none of a row that is not there). Null when the outcome is unknown.
    /// </summary>
    public RowSet? Rows { get; }

    /// <summary>Why the outcome is unknown: a node's error, a timeout, a lost connection. Null when it is known.</summary>
    public CqlException? Cause { get; }

    public void Dispose() => Rows?.Dispose();
}
