using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>A request as the fake node understood it.</summary>
/// <param name="Cql">The text of a QUERY or PREPARE, of the statement that an EXECUTE names, or of a BATCH's first; empty for others.</param>
/// <param name="Parameters">Of a QUERY or EXECUTE.</param>
internal sealed record FakeRequest(FakeNode Node, FakeConnection Connection, Opcode Opcode, ProtocolVersion Version, string Cql, QueryParameters Parameters)
{
    /// <summary>Of a BATCH.</summary>
    public BatchRequest Batch { get; init; }
}
