namespace S3Cassandra.Cql.Statements;

/// <summary>
/// Several writes sent as one. With a condition in any of them all are of one partition and one table, and either all apply or none.
/// It owns the bound statements that are added: disposing it disposes them.
/// </summary>
public sealed class BatchStatement(BatchType type) : Statement, IDisposable
{
    private readonly List<Statement> _statements = [];
    private bool _isConditional;

    public BatchType Type { get; } = type;

    public int Count => _statements.Count;

    public override bool IsConditional => _isConditional;

    public override string? Keyspace => _statements.Count > 0 ? _statements[0].Keyspace : null;

    internal IReadOnlyList<Statement> Statements => _statements;

    internal override StatementKind Kind => StatementKind.Write;

    internal override bool IsIdempotentByNature => Type != BatchType.Counter && _statements.TrueForAll(static statement => statement.IsIdempotent);

    internal override string LogText => $"BATCH of {_statements.Count}";

    internal override int Size
    {
        get
        {
            var size = 0;
            foreach (var statement in _statements)
            {
                size += statement.Size;
            }
            return size;
        }
    }

    /// <summary>The first statement's partition.</summary>
    internal override int RoutingKeyLength => _statements.Count > 0 ? _statements[0].RoutingKeyLength : 0;

    /// <summary>Adds a write; of its options only whether it is idempotent counts, the others are the batch's.</summary>
    public BatchStatement Add(BoundStatement statement) => Append(statement);

    /// <inheritdoc cref="Add(BoundStatement)"/>
    public BatchStatement Add(SimpleStatement statement) => Append(statement);

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            (statement as BoundStatement)?.Dispose();
        }
        _statements.Clear();
        _isConditional = false;
    }

    internal override void WriteRoutingKey(Span<byte> destination) => _statements[0].WriteRoutingKey(destination);

    private BatchStatement Append(Statement statement)
    {
        if (statement.Kind != StatementKind.Write)
        {
            throw new ArgumentException($"A batch holds INSERT, UPDATE and DELETE only: {statement.LogText}");
        }
        if (_statements.Count == ushort.MaxValue)
        {
            throw new ArgumentException($"A batch holds at most {ushort.MaxValue} statements.");
        }
        _statements.Add(statement);
        _isConditional |= statement.IsConditional;
        return this;
    }
}
