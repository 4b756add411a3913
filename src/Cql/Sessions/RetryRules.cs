namespace S3Cassandra.Cql.Sessions;

/// <summary>
/// What may be sent again after which failure: the rules of the Java and Rust drivers' default policies. A request that certainly never
/// left is sent elsewhere, whatever it is; beyond that a conditional write is never sent again, for it would meet its own effect.
/// </summary>
internal static class RetryRules
{
    public static RetryDecision Decide(CqlException failure, bool isIdempotent, bool isConditional, ref RetryHistory history) => failure switch
    {
        CqlConnectionException { MayHaveBeenSent: false } => RetryDecision.NextNode,
        _ when isConditional => RetryDecision.Fail,
        CqlConnectionException or CqlProtocolException => isIdempotent ? RetryDecision.NextNode : RetryDecision.Fail,
        CqlServerException error => AfterError(error, isIdempotent, ref history),
        _ => RetryDecision.Fail,
    };

    /// <summary>Whether a write may have been executed, or may yet be, after this failure.</summary>
    /// <remarks>
    /// An Unavailable that names a serial level comes before anything was proposed; with another level it is the commit's, after the
    /// decision (StorageProxy.commitPaxos). An Overloaded may come from there too.
    /// </remarks>
    public static bool IsOutcomeUnknown(CqlException failure, bool isConditional) => failure switch
    {
        CqlConnectionException connection => connection.MayHaveBeenSent,
        CqlTimeoutException timeout => timeout.MayHaveBeenSent,
        CqlProtocolException => true,
        CqlServerException error => error.Code switch
        {
            CqlErrorCode.WriteTimeout => isConditional || error.WriteType != WriteType.BatchLog,
            CqlErrorCode.ServerError or CqlErrorCode.Overloaded or CqlErrorCode.TruncateError or CqlErrorCode.WriteFailure
                or CqlErrorCode.CdcWriteFailure or CqlErrorCode.CasWriteUnknown => true,
            CqlErrorCode.ReadTimeout or CqlErrorCode.ReadFailure => isConditional,
            CqlErrorCode.Unavailable => isConditional && error.Consistency is not (Consistency.Serial or Consistency.LocalSerial),
            _ => false,
        },
        _ => false,
    };

    private static RetryDecision AfterError(CqlServerException error, bool isIdempotent, ref RetryHistory history)
    {
        switch (error.Code)
        {
            case CqlErrorCode.Unavailable when !history.AfterUnavailable:
                history.AfterUnavailable = true;
                return RetryDecision.NextNode;

            // Enough replicas answered, only the one that was asked for the data itself did not: another is asked for it next time.
            case CqlErrorCode.ReadTimeout when !history.AfterReadTimeout && error.Received >= error.Required && error.DataPresent == false:
                history.AfterReadTimeout = true;
                return RetryDecision.SameNode;

            case CqlErrorCode.WriteTimeout when !history.AfterBatchLogTimeout && error.WriteType == WriteType.BatchLog && isIdempotent:
                history.AfterBatchLogTimeout = true;
                return RetryDecision.SameNode;

            // Of what is not conditional only a serial read can end so: it met another's round. Nothing of it is left to be met again.
            case CqlErrorCode.WriteTimeout or CqlErrorCode.CasWriteUnknown when error.IsUnknownCasOutcome && isIdempotent && !history.AfterCasContention:
                history.AfterCasContention = true;
                return RetryDecision.SameNode;

            case CqlErrorCode.Overloaded or CqlErrorCode.ServerError or CqlErrorCode.TruncateError when isIdempotent:
            case CqlErrorCode.IsBootstrapping:
                return RetryDecision.NextNode;

            default:
                return RetryDecision.Fail;
        }
    }
}
