namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 4.2.6, SCHEMA_CHANGE, which is also the body of a schema_change result (4.2.5.5): what happened, to
/// what kind of thing, its keyspace, and but for a keyspace its name; for functions and aggregates the types of their arguments too.
/// </summary>
internal readonly record struct SchemaChangeEvent(string Change, string Target, string Keyspace, string? Name = null, string[]? ArgumentTypes = null)
{
    public const string Created = "CREATED";
    public const string Updated = "UPDATED";
    public const string Dropped = "DROPPED";

    public const string TargetKeyspace = "KEYSPACE";
    public const string TargetTable = "TABLE";
    public const string TargetType = "TYPE";
    public const string TargetFunction = "FUNCTION";
    public const string TargetAggregate = "AGGREGATE";

    public void Write(PrimitiveWriter writer)
    {
        writer.String(Change);
        writer.String(Target);
        writer.String(Keyspace);
        if (HasName(Target))
        {
            writer.String(Name ?? "");
        }
        if (HasArguments(Target))
        {
            writer.StringList(ArgumentTypes ?? []);
        }
    }

    public static SchemaChangeEvent Read(ref PrimitiveReader reader)
    {
        var change = reader.Name();
        var target = reader.Name();
        var keyspace = reader.Name();
        return new(change, target, keyspace, HasName(target) ? reader.Name() : null, HasArguments(target) ? reader.StringList() : null);
    }

    private static bool HasName(string target) => target is TargetTable or TargetType || HasArguments(target);

    private static bool HasArguments(string target) => target is TargetFunction or TargetAggregate;
}
