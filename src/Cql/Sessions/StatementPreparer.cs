using System.Collections.Concurrent;
using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Cql.Telemetry;

namespace S3Cassandra.Cql.Sessions;

/// <summary>Prepares each text once: on one node first, on any other when it says that it does not know the statement.</summary>
internal sealed class StatementPreparer(NodeRegistry registry, CqlSessionOptions options, Microsoft.Extensions.Logging.ILogger logger)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<PreparedStatement>>> _prepared = new(StringComparer.Ordinal);

    /// <summary>The statement of a text; callers at the same time share one PREPARE, which no single one of them cancels.</summary>
    public async ValueTask<PreparedStatement> PrepareAsync(string cql, CancellationToken token)
    {
        var shared = _prepared.GetOrAdd(cql, static (text, preparer) => new(() => preparer.PrepareOnAnyAsync(text)), this);
        try
        {
            return await shared.Value.WaitAsync(token);
        }
        catch (Exception) when (shared.Value.IsFaulted || shared.Value.IsCanceled)
        {
            _prepared.TryRemove(KeyValuePair.Create(cql, shared));
            throw;
        }
    }

    /// <summary>Tells a node of the statements that it did not know.</summary>
    /// <exception cref="CqlException">It did not work. The statement itself was not executed, whatever became of PREPARE.</exception>
    public async ValueTask PrepareAnewAsync(Connection connection, Statement statement, TimeSpan timeout, CancellationToken token)
    {
        switch (statement)
        {
            case BoundStatement bound:
                await PrepareAnewAsync(connection, bound.Prepared, timeout, token);
                break;
            case BatchStatement batch:
                foreach (var prepared in batch.Statements.OfType<BoundStatement>().Select(bound => bound.Prepared).Distinct())
                {
                    await PrepareAnewAsync(connection, prepared, timeout, token);
                }
                break;
        }
    }

    private async ValueTask PrepareAnewAsync(Connection connection, PreparedStatement prepared, TimeSpan timeout, CancellationToken token)
    {
        Log.PreparingAnew(logger, connection.Address, prepared.Cql);
        var response = await connection.SendAsync(new PrepareRequest(prepared.Cql, null), timeout, token);
        var result = AnswerDecoder.DecodePrepared(response, connection);
        if (!prepared.Id.Span.SequenceEqual(result.Id))
        {
            throw new CqlServerException(
                CqlErrorCode.Unprepared,
                $"{connection.Address} prepares a statement under another id than the cluster did before: its table was altered. Prepare it again with a new session: {prepared.Cql}")
            {
                Node = connection.Address,
            };
        }
        if (!prepared.IsConditional)
        {
            prepared.ResultMetadata = new ResultMetadata(result.ResultMetadataId, result.ResultMetadata.Columns);
        }
    }

    private async Task<PreparedStatement> PrepareOnAnyAsync(string cql)
    {
        var history = default(RetryHistory);
        var reasons = default(NodeFailures);
        for (var isSecondRound = false; ; isSecondRound = true)
        {
            var plan = new QueryPlan([], registry.Current.Local, [], (uint)Random.Shared.Next(), inRingOrder: false);
            for (var node = plan.Next(); node is not null; node = plan.Next())
            {
                if (node.Pool?.Pick(Traffic.Metadata) is not { } connection)
                {
                    reasons.AddDown(node);
                    continue;
                }
                try
                {
                    return await PrepareOnAsync(connection, cql);
                }
                catch (CqlException e) when (RetryRules.Decide(e, isIdempotent: true, isConditional: false, ref history) != RetryDecision.Fail)
                {
                    reasons.Add(node, e);
                }
            }
            if (isSecondRound || !reasons.MayPass || !await registry.RecoverAsync(options.RequestTimeout, CancellationToken.None))
            {
                throw reasons.ToException();
            }
            reasons.BeginAnew();
        }
    }

    private async ValueTask<PreparedStatement> PrepareOnAsync(Connection connection, string cql)
    {
        var response = await connection.SendAsync(new PrepareRequest(cql, null), options.RequestTimeout, CancellationToken.None);
        var result = AnswerDecoder.DecodePrepared(response, connection);
        return new PreparedStatement(
            cql,
            result.Id,
            result.Parameters,
            Array.ConvertAll(result.PartitionKeyIndexes, static index => (int)index),
            new ResultMetadata(result.ResultMetadataId, result.ResultMetadata.Columns));
    }
}
