using System.Collections;
using S3Cassandra.Reliability.Tests.Histories;

namespace S3Cassandra.Reliability.Tests.Linearizability;

/// <summary>
/// Decides whether the operations on one key can be put in one order that respects their real times (Wing and Gong's search, with
/// Lowe's memory of configurations seen). An unknown operation has no end, and need not happen at all.
/// </summary>
internal sealed class HistoryChecker
{
    /// <summary>More on one key takes too long in the worst case: load rotates its keys before.</summary>
    public const int MaximumOperations = 200;

    private readonly Operation[] _operations;
    private readonly BitArray _done;
    private readonly HashSet<(string Done, string? State)> _seen = [];
    private int _open;

    private HistoryChecker(IEnumerable<Operation> operations)
    {
        _operations = [.. operations.Where(operation => operation is not { IsRead: true, Outcome: OperationOutcome.Unknown }).OrderBy(operation => operation.Start)];
        _done = new BitArray(_operations.Length);
        _open = _operations.Count(IsCertain);
    }

    /// <summary>Null when every key's history is linearizable; otherwise the first key that is not, with its operations.</summary>
    public static string? Explain(IEnumerable<Operation> operations)
    {
        foreach (var key in operations.GroupBy(operation => operation.Key, StringComparer.Ordinal))
        {
            if (key.Count() > MaximumOperations)
            {
                throw new ArgumentException($"{key.Count()} operations on {key.Key}, at most {MaximumOperations}", nameof(operations));
            }

            if (!IsLinearizable(key))
            {
                return Explain(key.Key, [.. key]);
            }
        }

        return null;
    }

    /// <param name="operations">The operations on one key, which began with nothing there.</param>
    public static bool IsLinearizable(IEnumerable<Operation> operations) => new HistoryChecker(operations).Search(null);

    /// <summary>The last operations up to the first end by which there is no order any more.</summary>
    private static string Explain(string key, List<Operation> operations)
    {
        var ends = operations.Where(IsCertain).Select(operation => operation.End).Order().ToList();
        var first = ends.First(end => !IsLinearizable(Until(operations, end)));
        var origin = operations.Min(operation => operation.Start);
        var lines = Until(operations, first).OrderBy(operation => operation.Start).TakeLast(30).Select(operation => Describe(operation, origin));
        return $"The history of {key} has no order from {first - origin} on:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
    }

    private static IEnumerable<Operation> Until(IEnumerable<Operation> operations, long end) => operations
        .Where(operation => operation.Start <= end)
        .Select(operation => operation.End <= end ? operation : operation with { End = long.MaxValue, Outcome = OperationOutcome.Unknown });

    private static bool IsCertain(Operation operation) => operation.Outcome != OperationOutcome.Unknown;

    private static string Describe(Operation operation, long origin)
    {
        var end = operation.End == long.MaxValue ? "∞" : $"{operation.End - origin}";
        return $"  {operation.Start - origin,12}..{end,-12} client {operation.Client}: {operation.Kind} {operation.Outcome}"
            + $" value={operation.Value ?? "-"} expected={operation.Expected ?? "-"} observed={operation.Observed ?? "-"}";
    }

    private bool Search(string? state)
    {
        var settled = Settle(state);
        try
        {
            if (_open == 0)
            {
                return true;
            }

            if (!_seen.Add((Fingerprint(), state)))
            {
                return false;
            }

            // Most operations of unknown outcome never took effect: those that did are found soonest where they are tried last.
            foreach (var number in Candidates().OrderBy(number => IsCertain(_operations[number]) ? 0 : 1).ToList())
            {
                if (Register.TryApply(_operations[number], state, out var after))
                {
                    Mark(number, true);
                    if (Search(after))
                    {
                        return true;
                    }

                    Mark(number, false);
                }
            }

            return false;
        }
        finally
        {
            settled.ForEach(number => Mark(number, false));
        }
    }

    /// <summary>
    /// Takes every candidate that agrees with the state and leaves it as it is: to take it now rather than later never spoils an order.
    /// </summary>
    private List<int> Settle(string? state)
    {
        var settled = new List<int>();
        for (var more = true; more;)
        {
            more = false;
            foreach (var number in Candidates().ToList())
            {
                var operation = _operations[number];
                var leavesState = operation.IsRead || operation.Outcome == OperationOutcome.Refused;
                if (leavesState && Register.TryApply(operation, state, out _))
                {
                    Mark(number, true);
                    settled.Add(number);
                    more = true;
                }
            }
        }

        return settled;
    }

    /// <summary>The operations that may be next: not done, and begun before any that is not done has ended.</summary>
    private IEnumerable<int> Candidates()
    {
        var firstEnd = long.MaxValue;
        for (var number = 0; number < _operations.Length; number++)
        {
            if (!_done[number] && IsCertain(_operations[number]))
            {
                firstEnd = Math.Min(firstEnd, _operations[number].End);
            }
        }

        for (var number = 0; number < _operations.Length && _operations[number].Start <= firstEnd; number++)
        {
            if (!_done[number])
            {
                yield return number;
            }
        }
    }

    private void Mark(int number, bool done)
    {
        _done[number] = done;
        if (IsCertain(_operations[number]))
        {
            _open += done ? -1 : 1;
        }
    }

    private string Fingerprint()
    {
        var bytes = new byte[(_done.Length + 7) / 8];
        _done.CopyTo(bytes, 0);
        return Convert.ToBase64String(bytes);
    }
}
