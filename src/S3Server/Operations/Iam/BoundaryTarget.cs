using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>What setting a permissions boundary is done to: iam:PermissionsBoundary is the one that the request sets.</summary>
internal static class BoundaryTarget
{
    public static async ValueTask<QueryTarget> OfAsync<T>(IamHolders<T> holders, QueryRequest request, CancellationToken cancellationToken)
        where T : class, IPolicyHolder =>
        await holders.TargetAsync(request, cancellationToken) with { PermissionsBoundary = request.Get("PermissionsBoundary") };
}
