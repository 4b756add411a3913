using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Sessions;

/// <summary>From statements to requests: what a statement does not say is as the session's options say.</summary>
internal sealed class RequestSender(CqlSessionOptions options)
{
    public ValueTask<Response> SendAsync(Connection connection, Statement statement, TimeSpan timeout, CancellationToken token) => statement switch
    {
        BoundStatement bound => connection.SendAsync(
            new ExecuteRequest(bound.Prepared.Id, bound.Prepared.ResultMetadata.Id, ParametersOf(bound, connection.Version)), timeout, token),
        BatchStatement batch => connection.SendAsync(BatchOf(batch), timeout, token),
        SimpleStatement simple => connection.SendAsync(new QueryRequest(simple.Cql, ParametersOf(simple)), timeout, token),
        _ => throw new ArgumentException($"A statement of the type {statement.GetType().Name} is not known."),
    };

    private QueryParameters ParametersOf(Statement statement) => new()
    {
        Consistency = statement.Consistency ?? options.Consistency,
        SerialConsistency = SerialOf(statement),
        Timestamp = TimestampOf(statement),
        PageSize = statement.Kind == StatementKind.Read ? statement.PageSize ?? options.PageSize : null,
        PagingState = statement.PagingState,
    };

    private QueryParameters ParametersOf(BoundStatement bound, ProtocolVersion version) => ParametersOf(bound) with
    {
        Values = bound.Values,
        ValueCount = bound.ValueCount,
        SkipMetadata = bound.Prepared.MaySkipMetadata(version),
    };

    private BatchRequest BatchOf(BatchStatement batch)
    {
        var entries = new BatchEntry[batch.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = batch.Statements[i] is BoundStatement bound
                ? new BatchEntry(null, bound.Prepared.Id, bound.Values, bound.ValueCount)
                : new BatchEntry(((SimpleStatement)batch.Statements[i]).Cql, default, null, 0);
        }
        return new(batch.Type, entries, batch.Consistency ?? options.Consistency, SerialOf(batch), TimestampOf(batch));
    }

    private Consistency? SerialOf(Statement statement) => statement.IsConditional ? statement.SerialConsistency ?? options.SerialConsistency : null;

    // The time of a conditional write is its ballot's.
    private static long? TimestampOf(Statement statement) => statement.IsConditional || statement.Kind == StatementKind.Read ? null : statement.Timestamp;
}
