namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>
/// native_protocol_v5.spec, section 4.2.5.2, type: an id as [short], and what belongs to it: a custom type's class name, the types within
/// a collection or tuple, a user type's keyspace, name and fields (whose names are not kept).
/// </summary>
internal static class TypeOption
{
    /// <summary>Types within types that are still read: Cassandra's own limit on frozen types is lower, a malformed frame's nesting is not.</summary>
    private const int Deepest = 32;

    private const int SmallestField = 2 * sizeof(ushort);

    public static CqlType Read(ref PrimitiveReader reader) => Read(ref reader, Deepest);

    public static void Write(PrimitiveWriter writer, CqlType type)
    {
        writer.Short((ushort)type.Code);
        switch (type.Code)
        {
            case CqlTypeCode.Custom:
                writer.String(type.Name ?? "");
                break;
            case CqlTypeCode.Tuple:
                writer.Short(checked((ushort)type.Arguments.Count));
                WriteArguments(writer, type);
                break;
            case CqlTypeCode.Udt:
                throw new NotSupportedException("User types are read, not written: the names of their fields are not kept.");
            default:
                WriteArguments(writer, type);
                break;
        }
    }

    private static void WriteArguments(PrimitiveWriter writer, CqlType type)
    {
        foreach (var argument in type.Arguments)
        {
            Write(writer, argument);
        }
    }

    private static CqlType Read(ref PrimitiveReader reader, int deepest)
    {
        var code = (CqlTypeCode)reader.Short();
        if (deepest == 0)
        {
            throw new CqlProtocolException($"A column's type is nested more than {Deepest} deep.");
        }
        return code switch
        {
            CqlTypeCode.Custom => new CqlType(code, [], reader.Name()),
            CqlTypeCode.List or CqlTypeCode.Set => new CqlType(code, [Read(ref reader, deepest - 1)]),
            CqlTypeCode.Map => new CqlType(code, [Read(ref reader, deepest - 1), Read(ref reader, deepest - 1)]),
            CqlTypeCode.Tuple => new CqlType(code, ReadTuple(ref reader, deepest - 1)),
            CqlTypeCode.Udt => ReadUserType(ref reader, deepest - 1),
            _ when Enum.IsDefined(code) => CqlType.Scalar(code),
            _ => throw new CqlProtocolException($"A column has the type 0x{(ushort)code:X4}, which is not known."),
        };
    }

    private static CqlType[] ReadTuple(ref PrimitiveReader reader, int deepest)
    {
        var types = new CqlType[reader.Count(reader.Short(), sizeof(ushort))];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = Read(ref reader, deepest);
        }
        return types;
    }

    private static CqlType ReadUserType(ref PrimitiveReader reader, int deepest)
    {
        var keyspace = reader.Name();
        var name = reader.Name();
        var types = new CqlType[reader.Count(reader.Short(), SmallestField)];
        for (var i = 0; i < types.Length; i++)
        {
            reader.ShortBytes();
            types[i] = Read(ref reader, deepest);
        }
        return new CqlType(CqlTypeCode.Udt, types, $"{keyspace}.{name}");
    }
}
