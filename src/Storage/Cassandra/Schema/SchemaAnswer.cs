namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>How the schema stands, with a line for each thing that is worth saying.</summary>
public sealed record SchemaAnswer(SchemaCondition Condition, IReadOnlyList<string> Lines)
{
    internal SchemaAnswer(SchemaCondition condition, string line)
        : this(condition, [line])
    {
    }
}
