using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>Buckets themselves: listing, making, locating, deleting; versioning, tags, CORS and default encryption.</summary>
internal static class BucketRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.NotImplemented("ListBuckets", "GET", RouteTarget.Service),
        Route.NotImplemented("CreateBucket", "PUT", RouteTarget.Bucket).WithoutBucket(),
        Route.NotImplemented("HeadBucket", "HEAD", RouteTarget.Bucket),
        Route.NotImplemented("DeleteBucket", "DELETE", RouteTarget.Bucket),
        Route.NotImplemented("GetBucketLocation", "GET", RouteTarget.Bucket).On("location"),
        Route.NotImplemented("GetBucketVersioning", "GET", RouteTarget.Bucket).On("versioning"),
        Route.NotImplemented("PutBucketVersioning", "PUT", RouteTarget.Bucket).On("versioning"),
        Route.NotImplemented("GetBucketTagging", "GET", RouteTarget.Bucket).On("tagging"),
        Route.NotImplemented("PutBucketTagging", "PUT", RouteTarget.Bucket).On("tagging"),
        Route.NotImplemented("DeleteBucketTagging", "DELETE", RouteTarget.Bucket).On("tagging"),
        Route.NotImplemented("GetBucketCors", "GET", RouteTarget.Bucket).On("cors"),
        Route.NotImplemented("PutBucketCors", "PUT", RouteTarget.Bucket).On("cors"),
        Route.NotImplemented("DeleteBucketCors", "DELETE", RouteTarget.Bucket).On("cors"),
        Route.NotImplemented("GetBucketEncryption", "GET", RouteTarget.Bucket).On("encryption"),
        Route.NotImplemented("PutBucketEncryption", "PUT", RouteTarget.Bucket).On("encryption"),
        Route.NotImplemented("DeleteBucketEncryption", "DELETE", RouteTarget.Bucket).On("encryption"),
    ];
}
