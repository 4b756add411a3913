using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>Runs the index's statements at their levels, and says what fails as the seam has it.</summary>
internal sealed class StatementRunner(CqlSession session, StatementOptions options)
{
    /// <exception cref="StoreUnavailableException">It could not be prepared.</exception>
    public async ValueTask<PreparedStatement> PrepareAsync(string cql, CancellationToken cancellationToken)
    {
        try
        {
            return await session.PrepareAsync(cql, cancellationToken);
        }
        catch (CqlException exception)
        {
            throw CassandraFailure.Unavailable(exception);
        }
    }

    public async ValueTask<RowSet> ReadAsync(Statement statement, bool serial, CancellationToken cancellationToken)
    {
        statement.Consistency = serial ? options.Serial : options.Consistency;
        statement.Timeout = options.Timeout;
        try
        {
            return await session.ExecuteAsync(statement, cancellationToken);
        }
        catch (CqlException exception)
        {
            throw CassandraFailure.Unavailable(exception);
        }
    }

    public async IAsyncEnumerable<RowSet> ReadPagesAsync(
        Statement statement, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            using var page = await ReadAsync(statement, serial: false, cancellationToken);
            more = page.HasMorePages;
            statement.PagingState = page.PagingState;
            yield return page;
        }
    }

    /// <summary>A plain write that may be executed twice.</summary>
    public async ValueTask WriteAsync(Statement statement, CancellationToken cancellationToken)
    {
        statement.IsIdempotent = true;
        using (await ReadAsync(statement, serial: false, cancellationToken))
        {
        }
    }

    /// <summary>A conditional write, sent once; null where its outcome is not known.</summary>
    public async ValueTask<ConditionalResult?> TryAsync(Statement statement, CancellationToken cancellationToken)
    {
        statement.Consistency = options.Consistency;
        statement.SerialConsistency = options.Serial;
        statement.Timeout = options.Timeout;
        try
        {
            var result = await session.ExecuteConditionalAsync(statement, cancellationToken);
            return result.Outcome == Outcome.Unknown ? null : result;
        }
        catch (CqlException)
        {
            // Certainly not executed. Settling it like an unknown one waits until Cassandra takes conditional writes again, which is all
            // that could be done next.
            return null;
        }
    }
}
