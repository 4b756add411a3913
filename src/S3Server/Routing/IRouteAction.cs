using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Routing;

/// <summary>An operation ready to run, whatever its input is.</summary>
internal interface IRouteAction
{
    /// <summary>Parses, has the permissions decided by <paramref name="authorize"/>, executes.</summary>
    ValueTask RunAsync(S3Context context, Func<S3Context, CancellationToken, ValueTask> authorize, CancellationToken cancellationToken);
}
