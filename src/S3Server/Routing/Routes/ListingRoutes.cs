using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>What a bucket holds.</summary>
internal static class ListingRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.NotImplemented("ListObjects", "GET", RouteTarget.Bucket),
        Route.NotImplemented("ListObjectsV2", "GET", RouteTarget.Bucket).On("list-type").WithQuery("list-type", "2"),
        Route.NotImplemented("ListObjectVersions", "GET", RouteTarget.Bucket).On("versions"),
    ];
}
