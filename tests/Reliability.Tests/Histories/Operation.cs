namespace S3Cassandra.Reliability.Tests.Histories;

/// <summary>One operation of one client on one key.</summary>
/// <param name="Client">Who asked.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Key">Of which key.</param>
/// <param name="Value">The id of the value that it writes; null for reads and deletes.</param>
/// <param name="Expected">The id of the value that its If-Match names; null where it has none.</param>
/// <param name="Observed">The id of the value that a read saw; null for nothing there.</param>
/// <param name="Start">Monotonic time before the request, in ticks.</param>
/// <param name="End">Monotonic time after the response, in ticks; <see cref="long.MaxValue"/> where none came.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record Operation(
    int Client, OperationKind Kind, string Key, string? Value, string? Expected, string? Observed, long Start, long End, OperationOutcome Outcome)
{
    public bool IsRead => Kind is OperationKind.Get or OperationKind.Head;
}
