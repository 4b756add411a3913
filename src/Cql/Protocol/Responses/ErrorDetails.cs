using S3Cassandra.Cql.Protocol.Responses.Errors;

namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 9: which codes bring something after the message, and what. Each has a file of its own.</summary>
internal static class ErrorDetails
{
    public static ErrorResponse Read(ref PrimitiveReader reader, ProtocolVersion version, in ErrorResponse error) => error.Code switch
    {
        CqlErrorCode.Unavailable => UnavailableError.Read(ref reader).AddTo(error),
        CqlErrorCode.WriteTimeout => WriteTimeoutError.Read(ref reader, version).AddTo(error),
        CqlErrorCode.ReadTimeout => ReadTimeoutError.Read(ref reader).AddTo(error),
        CqlErrorCode.ReadFailure => ReadFailureError.Read(ref reader, version).AddTo(error),
        CqlErrorCode.WriteFailure => WriteFailureError.Read(ref reader, version).AddTo(error),
        CqlErrorCode.CasWriteUnknown => CasWriteUnknownError.Read(ref reader).AddTo(error),
        CqlErrorCode.FunctionFailure => FunctionFailureError.Read(ref reader).AddTo(error),
        CqlErrorCode.AlreadyExists => AlreadyExistsError.Read(ref reader).AddTo(error),
        CqlErrorCode.Unprepared => UnpreparedError.Read(ref reader).AddTo(error),
        _ => error,
    };

    public static void Write(PrimitiveWriter writer, ProtocolVersion version, in ErrorResponse error)
    {
        switch (error.Code)
        {
            case CqlErrorCode.Unavailable: UnavailableError.Of(error).Write(writer); break;
            case CqlErrorCode.WriteTimeout: WriteTimeoutError.Of(error).Write(writer, version); break;
            case CqlErrorCode.ReadTimeout: ReadTimeoutError.Of(error).Write(writer); break;
            case CqlErrorCode.ReadFailure: ReadFailureError.Of(error).Write(writer, version); break;
            case CqlErrorCode.WriteFailure: WriteFailureError.Of(error).Write(writer, version); break;
            case CqlErrorCode.CasWriteUnknown: CasWriteUnknownError.Of(error).Write(writer); break;
            case CqlErrorCode.FunctionFailure: FunctionFailureError.Of(error).Write(writer); break;
            case CqlErrorCode.AlreadyExists: AlreadyExistsError.Of(error).Write(writer); break;
            case CqlErrorCode.Unprepared: UnpreparedError.Of(error).Write(writer); break;
        }
    }
}
