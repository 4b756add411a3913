namespace S3Cassandra.Cql.Tests.Sessions;

/// <summary>The client's own decisions by name: theory data is public, the enumeration is not.</summary>
public enum RetryOutcome
{
    Fail,
    SameNode,
    NextNode,
}
