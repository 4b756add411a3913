namespace S3Cassandra.Cql.Sessions;

/// <summary>What is done after a failed attempt.</summary>
internal enum RetryDecision
{
    /// <summary>Nothing more: the failure is the statement's.</summary>
    Fail,

    SameNode,

    NextNode,
}
