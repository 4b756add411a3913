namespace S3Cassandra.Reliability.Tests.Histories;

/// <summary>What a client asked of one key.</summary>
internal enum OperationKind
{
    Put,
    PutIfNoneMatch,
    PutIfMatch,
    Copy,
    Complete,
    Delete,
    DeleteIfMatch,
    Get,
    Head,
}
