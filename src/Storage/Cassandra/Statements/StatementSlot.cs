using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Storage.Cassandra.Statements;

/// <summary>A statement's text, and the statement once it was prepared.</summary>
internal sealed class StatementSlot(StatementRunner runner, string cql)
{
    private PreparedStatement? _prepared;

    public ValueTask<PreparedStatement> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _prepared) is { } prepared ? ValueTask.FromResult(prepared) : PrepareAsync(cancellationToken);

    private async ValueTask<PreparedStatement> PrepareAsync(CancellationToken cancellationToken) =>
        _prepared = await runner.PrepareAsync(cql, cancellationToken);
}
