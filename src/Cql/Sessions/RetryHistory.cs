namespace S3Cassandra.Cql.Sessions;

/// <summary>The retries of one statement that the rules allow but once.</summary>
internal struct RetryHistory
{
    public bool AfterUnavailable { get; set; }

    public bool AfterReadTimeout { get; set; }

    public bool AfterBatchLogTimeout { get; set; }

    public bool AfterCasContention { get; set; }
}
