using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations;

namespace S3Cassandra.S3Server.Routing;

/// <summary>Runs one operation: parse, require, authorize, execute.</summary>
internal sealed class RouteAction<TInput>(IS3Operation<TInput> operation) : IRouteAction
    where TInput : notnull
{
    public async ValueTask RunAsync(
        S3Context context, Func<S3Context, CancellationToken, ValueTask> authorize, CancellationToken cancellationToken)
    {
        var input = await operation.ParseAsync(context, cancellationToken);
        operation.Require(input, context, context.Permissions);
        await authorize(context, cancellationToken);
        await operation.ExecuteAsync(input, context, cancellationToken);
    }
}
