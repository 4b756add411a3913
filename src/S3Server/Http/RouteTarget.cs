namespace S3Cassandra.S3Server.Http;

/// <summary>What a request's path names.</summary>
internal enum RouteTarget
{
    Service,
    Bucket,
    Object,
}
