namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9, 0x1400: <c>keyspace:string | function:string | argument types:string list</c>.</summary>
internal readonly record struct FunctionFailureError(string Keyspace, string Function, string[] ArgumentTypes)
{
    public static FunctionFailureError Of(in ErrorResponse error) => new(error.Keyspace ?? "", error.Name ?? "", error.ArgumentTypes ?? []);

    public ErrorResponse AddTo(in ErrorResponse error) => error with { Keyspace = Keyspace, Name = Function, ArgumentTypes = ArgumentTypes };

    public void Write(PrimitiveWriter writer)
    {
        writer.String(Keyspace);
        writer.String(Function);
        writer.StringList(ArgumentTypes);
    }

    public static FunctionFailureError Read(ref PrimitiveReader reader) => new(reader.String(), reader.String(), reader.StringList());
}
