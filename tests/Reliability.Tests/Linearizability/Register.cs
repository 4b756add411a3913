using S3Cassandra.Reliability.Tests.Histories;

namespace S3Cassandra.Reliability.Tests.Linearizability;

/// <summary>What one key may do: a register that holds the id of a value, or nothing.</summary>
internal static class Register
{
    /// <summary>Whether the operation, as it ended, may happen on this state; if so, the state after it.</summary>
    public static bool TryApply(Operation operation, string? state, out string? after)
    {
        after = state;
        if (operation.Outcome == OperationOutcome.Refused)
        {
            return !ConditionHolds(operation, state);
        }

        if (operation.IsRead)
        {
            return operation.Observed == state;
        }

        if (!ConditionHolds(operation, state))
        {
            return false;
        }

        after = operation.Value;
        return true;
    }

    private static bool ConditionHolds(Operation operation, string? state) => operation.Kind switch
    {
        OperationKind.PutIfNoneMatch => state is null,
        OperationKind.PutIfMatch or OperationKind.DeleteIfMatch => state is not null && state == operation.Expected,
        _ => true,
    };
}
