using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Sessions;

/// <summary>
/// Sends a statement to one node after another as its plan and the rules of retrying say, within its time. An attempt that succeeds
/// allocates nothing here but the rows.
/// </summary>
internal sealed class StatementExecutor(
    NodeRegistry registry, QueryPlanner planner, StatementPreparer preparer, RequestSender sender, CqlSessionOptions options, ILogger logger)
{
    private const int LargeRequest = 32 * 1024;

    private readonly TimeProvider _time = options.TimeProvider;

    /// <exception cref="OperationCanceledException">The caller gave it up; what became of it is then not known.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Execution> ExecuteAsync(Statement statement, CancellationToken token)
    {
        ThrowIfIncomplete(statement);
        var started = _time.GetTimestamp();
        var timeout = statement.Timeout ?? options.RequestTimeout;
        var plan = planner.PlanFor(statement);
        var history = default(RetryHistory);
        var failures = default(NodeFailures);
        var isSecondRound = false;
        var node = plan.Next();
        while (true)
        {
            if (node is null)
            {
                // No node is left. Where nothing but connections failed, once more from the beginning: the only node may be back by then.
                if (isSecondRound || !failures.MayPass || !await registry.RecoverAsync(timeout - _time.GetElapsedTime(started), token))
                {
                    return new(null, false, failures.ToException(), null);
                }
                isSecondRound = true;
                failures.BeginAnew();
                plan = planner.PlanFor(statement);
                node = plan.Next();
                continue;
            }
            if (node.Pool?.Pick(TrafficOf(statement)) is not { } connection)
            {
                failures.AddDown(node);
                node = plan.Next();
                continue;
            }
            var attempt = await AttemptAsync(node, connection, statement, started, timeout, token);
            if (attempt.Failure is not { } failure)
            {
                return attempt;
            }
            if (_time.GetElapsedTime(started) >= timeout)
            {
                return attempt;
            }
            var decision = RetryRules.Decide(failure, statement.IsIdempotent, statement.IsConditional, ref history);
            if (decision == RetryDecision.Fail)
            {
                return attempt;
            }
            node.Pool!.Metrics.CountRetry();
            Log.Retrying(logger, statement.LogText, node.Address, failure.Message);
            failures.Add(node, failure);
            node = decision == RetryDecision.SameNode ? node : plan.Next();
        }
    }

    /// <summary>One request to one node, and once more where the node did not know the statement.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Execution> AttemptAsync(
        Node node, Connection connection, Statement statement, long started, TimeSpan timeout, CancellationToken token)
    {
        var pool = node.Pool!;
        var charge = pool.Budget.Charge(statement.Size);
        if (!pool.Budget.TryTake(charge) && await WaitForBudgetAsync(node, charge, started, timeout, token) is { } late)
        {
            return new(null, false, late, node);
        }
        try
        {
            var prepared = (statement as BoundStatement)?.Prepared;
            var left = timeout - _time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return new(null, false, Late(node, timeout), node);
            }
            pool.Metrics.CountRequest();
            var response = await sender.SendAsync(connection, statement, left, token);
            var answer = AnswerDecoder.Decode(response, connection, prepared);
            if (answer.UnpreparedId is not null)
            {
                if (await PrepareAnewAsync(connection, statement, started, timeout, token) is { } refusal)
                {
                    return new(null, false, refusal, node);
                }
                left = timeout - _time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                {
                    return new(null, false, Late(node, timeout), node);
                }
                response = await sender.SendAsync(connection, statement, left, token);
                answer = AnswerDecoder.Decode(response, connection, prepared);
            }
            return new(answer.Rows, answer.IsSchemaChange, answer.Error, node);
        }
        catch (CqlTimeoutException e)
        {
            pool.Metrics.CountTimeout();
            return new(null, false, NoAnswer(node, timeout, e), node);
        }
        catch (CqlException e)
        {
            return new(null, false, e, node);
        }
        finally
        {
            pool.Budget.Release(charge);
        }
    }

    private async ValueTask<CqlException?> WaitForBudgetAsync(Node node, long charge, long started, TimeSpan timeout, CancellationToken token)
    {
        var left = timeout - _time.GetElapsedTime(started);
        try
        {
            await node.Pool!.Budget.TakeAsync(charge, left > TimeSpan.Zero ? left : TimeSpan.Zero, token);
            return null;
        }
        catch (TimeoutException)
        {
            return new CqlTimeoutException(
                $"Within {timeout.TotalSeconds:0.###} s there was no room among the {options.MaxBytesInFlight} bytes under way to {node.Address}: it takes less than is sent.")
            {
                Node = node.Address,
                Timeout = timeout,
            };
        }
    }

    /// <summary>Null when it worked. Whatever went wrong, the statement itself has not been executed.</summary>
    private async ValueTask<CqlException?> PrepareAnewAsync(Connection connection, Statement statement, long started, TimeSpan timeout, CancellationToken token)
    {
        try
        {
            await preparer.PrepareAnewAsync(connection, statement, timeout - _time.GetElapsedTime(started), token);
            return null;
        }
        catch (CqlTimeoutException e)
        {
            return new CqlTimeoutException(e.Message) { Node = e.Node, Timeout = timeout };
        }
        catch (CqlServerException e)
        {
            return e;
        }
        catch (CqlException e)
        {
            return new CqlConnectionException($"While preparing the statement anew: {e.Message}", e) { Node = connection.Address };
        }
    }

    private static CqlTimeoutException Late(Node node, TimeSpan timeout) => new($"The {timeout.TotalSeconds:0.###} s were over before the statement was sent to {node.Address}.")
    {
        Node = node.Address,
        Timeout = timeout,
    };

    /// <summary>The connection knows only what was left of the time.</summary>
    private static CqlTimeoutException NoAnswer(Node node, TimeSpan timeout, CqlTimeoutException late) =>
        new($"{node.Address} did not answer within the statement's {timeout.TotalSeconds:0.###} s.")
        {
            Node = node.Address,
            MayHaveBeenSent = late.MayHaveBeenSent,
            Timeout = timeout,
        };

    private static void ThrowIfIncomplete(Statement statement)
    {
        if (statement is BoundStatement bound)
        {
            bound.ThrowIfIncomplete();
        }
        else if (statement is BatchStatement batch)
        {
            foreach (var part in batch.Statements)
            {
                (part as BoundStatement)?.ThrowIfIncomplete();
            }
        }
    }

    private static Traffic TrafficOf(Statement statement) => statement.Traffic == Traffic.Blob || statement.Size > LargeRequest ? Traffic.Blob : Traffic.Metadata;
}
