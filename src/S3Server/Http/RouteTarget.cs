namespace S3Cassandra.S3Server.Http;

/// <summary>What a request's path names.</summary>
internal enum RouteTarget
{
    Service,
    Bucket,
    Object,

    /// <summary>The account, by S3 Control's path.</summary>
    Account,
}
