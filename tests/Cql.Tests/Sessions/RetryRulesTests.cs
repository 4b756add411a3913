using S3Cassandra.Cql.Sessions;

namespace S3Cassandra.Cql.Tests.Sessions;

/// <summary>The table of retries, row by row, and what leaves a write's outcome open.</summary>
public class RetryRulesTests
{
    public static TheoryData<string, CqlException, bool, RetryOutcome> Table { get; } = new()
    {
        { "unavailable", Error(CqlErrorCode.Unavailable), false, RetryOutcome.NextNode },
        { "read timeout, enough answered, no data", ReadTimeout(2, 2, false), true, RetryOutcome.SameNode },
        { "read timeout, enough answered, with data", ReadTimeout(2, 2, true), true, RetryOutcome.Fail },
        { "read timeout, too few answered", ReadTimeout(1, 2, false), true, RetryOutcome.Fail },
        { "write timeout of the batch log, idempotent", WriteTimeout(WriteType.BatchLog), true, RetryOutcome.SameNode },
        { "write timeout of the batch log", WriteTimeout(WriteType.BatchLog), false, RetryOutcome.Fail },
        { "write timeout, idempotent", WriteTimeout(WriteType.Simple), true, RetryOutcome.Fail },
        { "CAS write timeout of a serial read (v4)", WriteTimeout(WriteType.Cas), true, RetryOutcome.SameNode },
        { "CAS_WRITE_UNKNOWN of a serial read (v5)", Error(CqlErrorCode.CasWriteUnknown), true, RetryOutcome.SameNode },
        { "overloaded, idempotent", Error(CqlErrorCode.Overloaded), true, RetryOutcome.NextNode },
        { "overloaded", Error(CqlErrorCode.Overloaded), false, RetryOutcome.Fail },
        { "server error, idempotent", Error(CqlErrorCode.ServerError), true, RetryOutcome.NextNode },
        { "server error", Error(CqlErrorCode.ServerError), false, RetryOutcome.Fail },
        { "truncate error, idempotent", Error(CqlErrorCode.TruncateError), true, RetryOutcome.NextNode },
        { "truncate error", Error(CqlErrorCode.TruncateError), false, RetryOutcome.Fail },
        { "connection lost, idempotent", Lost(sent: true), true, RetryOutcome.NextNode },
        { "connection lost", Lost(sent: true), false, RetryOutcome.Fail },
        { "never sent", Lost(sent: false), false, RetryOutcome.NextNode },
        { "bootstrapping", Error(CqlErrorCode.IsBootstrapping), false, RetryOutcome.NextNode },
        { "read failure", Error(CqlErrorCode.ReadFailure), true, RetryOutcome.Fail },
        { "write failure", Error(CqlErrorCode.WriteFailure), true, RetryOutcome.Fail },
        { "function failure", Error(CqlErrorCode.FunctionFailure), true, RetryOutcome.Fail },
        { "invalid", Error(CqlErrorCode.Invalid), true, RetryOutcome.Fail },
        { "syntax error", Error(CqlErrorCode.SyntaxError), true, RetryOutcome.Fail },
        { "unauthorized", Error(CqlErrorCode.Unauthorized), true, RetryOutcome.Fail },
        { "own timeout, idempotent", new CqlTimeoutException("late") { MayHaveBeenSent = true }, true, RetryOutcome.Fail },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_failure_is_retried_as_the_table_says(string row, CqlException failure, bool isIdempotent, RetryOutcome expected)
    {
        var history = default(RetryHistory);
        Assert.Equal((row, expected.ToString()), (row, RetryRules.Decide(failure, isIdempotent, isConditional: false, ref history).ToString()));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_conditional_write_is_sent_again_only_when_it_never_left(string row, CqlException failure, bool isIdempotent, RetryOutcome expected)
    {
        _ = expected;
        var history = default(RetryHistory);
        var decision = RetryRules.Decide(failure, isIdempotent, isConditional: true, ref history);
        Assert.Equal((row, row == "never sent"), (row, decision != RetryDecision.Fail));
    }

    [Fact]
    public void What_is_allowed_once_is_not_allowed_twice()
    {
        var history = default(RetryHistory);
        foreach (var failure in new CqlException[] { Error(CqlErrorCode.Unavailable), ReadTimeout(2, 2, false), WriteTimeout(WriteType.BatchLog), WriteTimeout(WriteType.Cas) })
        {
            Assert.NotEqual(RetryDecision.Fail, RetryRules.Decide(failure, true, false, ref history));
            Assert.Equal(RetryDecision.Fail, RetryRules.Decide(failure, true, false, ref history));
        }
    }

    public static TheoryData<string, CqlException, bool, bool> Outcomes { get; } = new()
    {
        // row, failure, unknown for a plain write, unknown for a conditional one
        { "CAS write timeout (v4)", WriteTimeout(WriteType.Cas), true, true },
        { "CAS_WRITE_UNKNOWN (v5)", Error(CqlErrorCode.CasWriteUnknown), true, true },
        { "write timeout SIMPLE", WriteTimeout(WriteType.Simple), true, true },
        { "write timeout BATCH_LOG", WriteTimeout(WriteType.BatchLog), false, true },
        { "write failure", Error(CqlErrorCode.WriteFailure), true, true },
        { "read timeout", ReadTimeout(1, 2, false), false, true },
        { "read failure", Error(CqlErrorCode.ReadFailure), false, true },
        { "server error", Error(CqlErrorCode.ServerError), true, true },
        { "overloaded", Error(CqlErrorCode.Overloaded), true, true },
        { "unavailable for Paxos", new CqlServerException(CqlErrorCode.Unavailable, "") { Consistency = Consistency.LocalSerial }, false, false },
        { "unavailable for the commit", new CqlServerException(CqlErrorCode.Unavailable, "") { Consistency = Consistency.LocalQuorum }, false, true },
        { "bootstrapping", Error(CqlErrorCode.IsBootstrapping), false, false },
        { "invalid", Error(CqlErrorCode.Invalid), false, false },
        { "syntax error", Error(CqlErrorCode.SyntaxError), false, false },
        { "unauthorized", Error(CqlErrorCode.Unauthorized), false, false },
        { "unprepared", Error(CqlErrorCode.Unprepared), false, false },
        { "connection lost", Lost(sent: true), true, true },
        { "never sent", Lost(sent: false), false, false },
        { "timeout", new CqlTimeoutException("late") { MayHaveBeenSent = true }, true, true },
        { "timeout before sending", new CqlTimeoutException("late"), false, false },
        { "malformed answer", new CqlProtocolException("what?"), true, true },
        { "no node", new NoNodeAvailableException("none", []), false, false },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void An_outcome_is_unknown_unless_it_is_certain(string row, CqlException failure, bool plain, bool conditional)
    {
        Assert.Equal((row, plain), (row, RetryRules.IsOutcomeUnknown(failure, isConditional: false)));
        Assert.Equal((row, conditional), (row, RetryRules.IsOutcomeUnknown(failure, isConditional: true)));
    }

    private static CqlServerException Error(CqlErrorCode code) => new(code, "scripted");

    private static CqlServerException ReadTimeout(int received, int required, bool data) =>
        new(CqlErrorCode.ReadTimeout, "late") { Received = received, Required = required, DataPresent = data };

    private static CqlServerException WriteTimeout(WriteType type) => new(CqlErrorCode.WriteTimeout, "late") { WriteType = type };

    private static CqlConnectionException Lost(bool sent) => new("lost") { MayHaveBeenSent = sent };
}
