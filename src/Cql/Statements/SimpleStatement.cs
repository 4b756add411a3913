namespace S3Cassandra.Cql.Statements;

/// <summary>A statement sent as text, without values: for the schema and for what is executed once. Anything with values is to be prepared.</summary>
public sealed class SimpleStatement(string cql, string? keyspace = null) : Statement
{
    private readonly StatementText _text = StatementText.Of(cql);

    public string Cql { get; } = cql;

    public override bool IsConditional => _text.IsConditional;

    public override string? Keyspace { get; } = keyspace;

    internal override StatementKind Kind => _text.Kind;

    internal override string LogText => Cql;

    internal override int Size => Cql.Length;

    internal override int RoutingKeyLength => 0;

    internal override void WriteRoutingKey(Span<byte> destination)
    {
    }
}
