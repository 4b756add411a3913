using System.Net;

namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, sections 4.2.1 and 9: a code, a message, and what the code brings with it; the rest is null.</summary>
internal readonly record struct ErrorResponse : IReadableMessage<ErrorResponse>
{
    public required CqlErrorCode Code { get; init; }

    public required string Message { get; init; }

    public Consistency? Consistency { get; init; }

    /// <summary>Replicas that answered.</summary>
    public int? Received { get; init; }

    /// <summary>Replicas that had to answer, or to be alive.</summary>
    public int? Required { get; init; }

    public int? Alive { get; init; }

    /// <summary>v4's count of failures, or as many as v5's <see cref="Failures"/>.</summary>
    public int? FailureCount { get; init; }

    public ReplicaFailure[]? Failures { get; init; }

    public bool? DataPresent { get; init; }

    public WriteType? WriteType { get; init; }

    /// <summary>v5, write timeouts of type CAS: how often the Paxos round lost against others.</summary>
    public ushort? Contentions { get; init; }

    /// <summary>Already_exists, Function_failure.</summary>
    public string? Keyspace { get; init; }

    /// <summary>The table that exists (empty: the keyspace itself), or the function that failed.</summary>
    public string? Name { get; init; }

    public string[]? ArgumentTypes { get; init; }

    public byte[]? UnpreparedId { get; init; }

    public Opcode Opcode => Opcode.Error;

    public CqlServerException ToException(EndPoint? node) => new(Code, ErrorText.Of(this, node))
    {
        Node = node,
        Consistency = Consistency,
        Received = Received,
        Required = Required,
        Alive = Alive,
        Failures = FailureCount,
        DataPresent = DataPresent,
        WriteType = WriteType,
    };

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        writer.Int((int)Code);
        writer.String(Message);
        ErrorDetails.Write(writer, version, this);
    }

    public static ErrorResponse Read(ref PrimitiveReader reader, ProtocolVersion version)
    {
        var error = new ErrorResponse { Code = (CqlErrorCode)reader.Int(), Message = reader.String() };
        return ErrorDetails.Read(ref reader, version, error);
    }
}
