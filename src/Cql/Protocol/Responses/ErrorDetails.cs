namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 9: what follows an error's message, by its code.</summary>
internal static class ErrorDetails
{
    public static ErrorResponse Read(ref PrimitiveReader reader, ProtocolVersion version, in ErrorResponse error) => error.Code switch
    {
        CqlErrorCode.Unavailable => error with { Consistency = reader.Consistency(), Required = reader.Int(), Alive = reader.Int() },
        CqlErrorCode.WriteTimeout => ReadWriteTimeout(ref reader, version, error),
        CqlErrorCode.ReadTimeout => ReadCounts(ref reader, error) with { DataPresent = reader.Byte() != 0 },
        CqlErrorCode.ReadFailure => ReadFailures(ref reader, version, error) with { DataPresent = reader.Byte() != 0 },
        CqlErrorCode.WriteFailure => ReadFailures(ref reader, version, error) with { WriteType = WriteTypeName.Parse(reader.String()) },
        CqlErrorCode.CasWriteUnknown => ReadCounts(ref reader, error),
        CqlErrorCode.FunctionFailure => error with { Keyspace = reader.String(), Name = reader.String(), ArgumentTypes = reader.StringList() },
        CqlErrorCode.AlreadyExists => error with { Keyspace = reader.String(), Name = reader.String() },
        CqlErrorCode.Unprepared => error with { UnpreparedId = reader.ShortBytes().ToArray() },
        _ => error,
    };

    public static void Write(PrimitiveWriter writer, ProtocolVersion version, in ErrorResponse error)
    {
        switch (error.Code)
        {
            case CqlErrorCode.Unavailable:
                writer.Consistency(error.Consistency.GetValueOrDefault());
                writer.Int(error.Required.GetValueOrDefault());
                writer.Int(error.Alive.GetValueOrDefault());
                break;
            case CqlErrorCode.WriteTimeout:
                WriteCounts(writer, error);
                WriteWriteType(writer, error);
                if (HasContentions(version, error.WriteType))
                {
                    writer.Short(error.Contentions.GetValueOrDefault());
                }
                break;
            case CqlErrorCode.ReadTimeout:
                WriteCounts(writer, error);
                WriteDataPresent(writer, error);
                break;
            case CqlErrorCode.ReadFailure:
                WriteFailures(writer, version, error);
                WriteDataPresent(writer, error);
                break;
            case CqlErrorCode.WriteFailure:
                WriteFailures(writer, version, error);
                WriteWriteType(writer, error);
                break;
            case CqlErrorCode.CasWriteUnknown:
                WriteCounts(writer, error);
                break;
            case CqlErrorCode.FunctionFailure:
                writer.String(error.Keyspace ?? "");
                writer.String(error.Name ?? "");
                writer.StringList(error.ArgumentTypes ?? []);
                break;
            case CqlErrorCode.AlreadyExists:
                writer.String(error.Keyspace ?? "");
                writer.String(error.Name ?? "");
                break;
            case CqlErrorCode.Unprepared:
                writer.ShortBytes(error.UnpreparedId);
                break;
        }
    }

    private static ErrorResponse ReadCounts(ref PrimitiveReader reader, in ErrorResponse error) =>
        error with { Consistency = reader.Consistency(), Received = reader.Int(), Required = reader.Int() };

    private static ErrorResponse ReadWriteTimeout(ref PrimitiveReader reader, ProtocolVersion version, in ErrorResponse error)
    {
        var read = ReadCounts(ref reader, error) with { WriteType = WriteTypeName.Parse(reader.String()) };
        return HasContentions(version, read.WriteType) ? read with { Contentions = reader.Short() } : read;
    }

    private static ErrorResponse ReadFailures(ref PrimitiveReader reader, ProtocolVersion version, in ErrorResponse error)
    {
        var read = ReadCounts(ref reader, error);
        if (version < ProtocolVersion.V5)
        {
            return read with { FailureCount = reader.Int() };
        }
        var failures = new ReplicaFailure[reader.Count(reader.Int(), ReplicaFailure.Smallest)];
        for (var i = 0; i < failures.Length; i++)
        {
            failures[i] = new ReplicaFailure(reader.InetAddress(), reader.Short());
        }
        return read with { Failures = failures, FailureCount = failures.Length };
    }

    private static void WriteCounts(PrimitiveWriter writer, in ErrorResponse error)
    {
        writer.Consistency(error.Consistency.GetValueOrDefault());
        writer.Int(error.Received.GetValueOrDefault());
        writer.Int(error.Required.GetValueOrDefault());
    }

    private static void WriteFailures(PrimitiveWriter writer, ProtocolVersion version, in ErrorResponse error)
    {
        WriteCounts(writer, error);
        if (version < ProtocolVersion.V5)
        {
            writer.Int(error.FailureCount.GetValueOrDefault());
            return;
        }
        var failures = error.Failures ?? [];
        writer.Int(failures.Length);
        foreach (var failure in failures)
        {
            writer.InetAddress(failure.Replica);
            writer.Short(failure.Reason);
        }
    }

    private static void WriteWriteType(PrimitiveWriter writer, in ErrorResponse error) =>
        writer.String(WriteTypeName.Of(error.WriteType.GetValueOrDefault()));

    private static void WriteDataPresent(PrimitiveWriter writer, in ErrorResponse error) =>
        writer.Byte(error.DataPresent.GetValueOrDefault() ? (byte)1 : (byte)0);

    private static bool HasContentions(ProtocolVersion version, WriteType? type) => version >= ProtocolVersion.V5 && type == WriteType.Cas;
}
