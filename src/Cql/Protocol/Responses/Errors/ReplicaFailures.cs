namespace S3Cassandra.Cql.Protocol.Responses.Errors;

/// <summary>native_protocol_v5.spec, section 9: in v4 the number of replicas that failed, from v5 on each with its reason.</summary>
/// <param name="Each">Null in v4.</param>
internal readonly record struct ReplicaFailures(int Count, ReplicaFailure[]? Each)
{
    public static ReplicaFailures Of(in ErrorResponse error) => new(error.FailureCount.GetValueOrDefault(), error.Failures);

    public ErrorResponse AddTo(in ErrorResponse error) => error with { FailureCount = Count, Failures = Each };

    public void Write(PrimitiveWriter writer, ProtocolVersion version)
    {
        if (version < ProtocolVersion.V5)
        {
            writer.Int(Count);
            return;
        }
        var each = Each ?? [];
        writer.Int(each.Length);
        foreach (var failure in each)
        {
            writer.InetAddress(failure.Replica);
            writer.Short(failure.Reason);
        }
    }

    public static ReplicaFailures Read(ref PrimitiveReader reader, ProtocolVersion version)
    {
        if (version < ProtocolVersion.V5)
        {
            return new(reader.Int(), null);
        }
        var each = new ReplicaFailure[reader.Count(reader.Int(), ReplicaFailure.Smallest)];
        for (var i = 0; i < each.Length; i++)
        {
            each[i] = new ReplicaFailure(reader.InetAddress(), reader.Short());
        }
        return new(each.Length, each);
    }
}
