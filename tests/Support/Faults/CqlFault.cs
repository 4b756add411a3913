namespace S3Cassandra.Support.Faults;

/// <summary>What happens to one request and its answer. Without any of these both pass.</summary>
public sealed record CqlFault
{
    /// <summary>Ends the client's connection before the request is passed on: the node never sees it.</summary>
    public static CqlFault CutBefore { get; } = new() { Cut = CutPoint.BeforeRequest, IsForwarded = false };

    /// <summary>Passes the request on and ends the client's connection at once; the node's answer goes nowhere.</summary>
    public static CqlFault CutAfterRequest { get; } = new() { Cut = CutPoint.AfterRequest };

    /// <summary>Ends the client's connection in place of the answer: the node has executed the request.</summary>
    public static CqlFault CutInsteadOfAnswer { get; } = new() { Cut = CutPoint.InsteadOfAnswer };

    /// <summary>Passes the request on and keeps its answer; the connection stays.</summary>
    public static CqlFault DropAnswer { get; } = new() { Answers = 0 };

    /// <summary>Passes the answer on twice.</summary>
    public static CqlFault DuplicateAnswer { get; } = new() { Answers = 2 };

    /// <summary>Half-open: from this request on nothing more is read from the client, and nothing is sent to it.</summary>
    public static CqlFault StopReading { get; } = new() { StopsReading = true, IsForwarded = false };

    /// <summary>Half-closed: the client reads the end of the stream, and may still send.</summary>
    public static CqlFault CloseHalf { get; } = new() { Cut = CutPoint.HalfClose, IsForwarded = false };

    public CutPoint Cut { get; init; }

    /// <summary>Whether the node sees the request.</summary>
    public bool IsForwarded { get; init; } = true;

    /// <summary>How often the client sees the node's answer.</summary>
    public int Answers { get; init; } = 1;

    /// <summary>The body of an ERROR that stands in for the node's answer.</summary>
    public byte[]? Error { get; init; }

    /// <summary>
    /// Holds the request until this has completed, while later ones pass it; then it is passed on, even where the client's connection is gone
    /// by then: a statement that arrives late.
    /// </summary>
    public Task? HoldRequest { get; init; }

    /// <summary>Holds the answer until this has completed, while later ones pass it.</summary>
    public Task? HoldAnswer { get; init; }

    /// <summary>Completes when the node has answered the request, or is gone, whatever the client gets to see.</summary>
    public TaskCompletionSource? Answered { get; init; }

    internal bool StopsReading { get; init; }

    /// <summary>The client reads an ERROR; the node never sees the request.</summary>
    public static CqlFault AnswerWith(byte[] error) => new() { Error = error, IsForwarded = false };

    /// <summary>The node executes the request, and the client reads an ERROR.</summary>
    public static CqlFault ReplaceAnswerWith(byte[] error) => new() { Error = error };

    /// <summary>Holds the request until <paramref name="gate"/> has completed.</summary>
    public static CqlFault Hold(Task gate) => new() { HoldRequest = gate };

    /// <summary>Ends the client's connection at once, and passes the request on when <paramref name="gate"/> has completed.</summary>
    public static CqlFault CutAndHold(Task gate) => new() { Cut = CutPoint.AfterRequest, HoldRequest = gate };
}
