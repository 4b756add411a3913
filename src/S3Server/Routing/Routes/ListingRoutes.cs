using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Listing;
using S3Cassandra.Storage.Listing;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>What a bucket holds.</summary>
internal static class ListingRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.Of("ListObjects", "GET", RouteTarget.Bucket, s => new ListObjects(s.GetRequiredService<ObjectListing>())),
        Route.Of("ListObjectsV2", "GET", RouteTarget.Bucket, s => new ListObjectsV2(s.GetRequiredService<ObjectListing>()))
            .On("list-type").WithQuery("list-type", "2"),
        Route.Of("ListObjectVersions", "GET", RouteTarget.Bucket, s => new ListObjectVersions(s.GetRequiredService<VersionListing>()))
            .On("versions"),
    ];
}
