using S3Cassandra.Auth.Policies;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.S3Server.Operations.Service;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>Buckets themselves: listing, making, locating, deleting; versioning, tags, CORS and default encryption.</summary>
internal static class BucketRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.Of("ListBuckets", "GET", RouteTarget.Service, s => new ListBuckets(Buckets(s))),
        Route.Of("CreateBucket", "PUT", RouteTarget.Bucket, s => new CreateBucket(Buckets(s), s.GetRequiredService<AccessLists>(), Region(s))).WithoutBucket().WithAcl(),
        Route.Of("HeadBucket", "HEAD", RouteTarget.Bucket, _ => new HeadBucket()),
        Route.Of("DeleteBucket", "DELETE", RouteTarget.Bucket, s => new DeleteBucket(Buckets(s))),
        Route.Of("GetBucketLocation", "GET", RouteTarget.Bucket, _ => new GetBucketLocation()).On("location"),
        Route.Of("GetBucketVersioning", "GET", RouteTarget.Bucket, s => new GetBucketVersioning(Buckets(s))).On("versioning"),
        Route.Of("PutBucketVersioning", "PUT", RouteTarget.Bucket, s => new PutBucketVersioning(Buckets(s))).On("versioning").Needs(S3Action.PutBucketVersioning),
        Route.Of("GetBucketTagging", "GET", RouteTarget.Bucket, _ => new GetBucketTagging()).On("tagging"),
        Route.Of("PutBucketTagging", "PUT", RouteTarget.Bucket, s => new PutBucketTagging(Buckets(s))).On("tagging").WithDigest().Needs(S3Action.PutBucketTagging),
        Route.Of("DeleteBucketTagging", "DELETE", RouteTarget.Bucket, s => new DeleteBucketTagging(Buckets(s))).On("tagging"),
        Route.Of("GetBucketCors", "GET", RouteTarget.Bucket, _ => new GetBucketCors()).On("cors"),
        Route.Of("PutBucketCors", "PUT", RouteTarget.Bucket, s => new PutBucketCors(Buckets(s))).On("cors").WithDigest().Needs(S3Action.PutBucketCORS),
        Route.Of("DeleteBucketCors", "DELETE", RouteTarget.Bucket, s => new DeleteBucketCors(Buckets(s))).On("cors"),
        Route.Of("GetBucketEncryption", "GET", RouteTarget.Bucket, _ => new GetBucketEncryption()).On("encryption"),
        Route.Of("PutBucketEncryption", "PUT", RouteTarget.Bucket, s => new PutBucketEncryption(Buckets(s), s.GetRequiredService<ObjectEncryptor>())).On("encryption").Needs(S3Action.PutEncryptionConfiguration),
        Route.Of("DeleteBucketEncryption", "DELETE", RouteTarget.Bucket, s => new DeleteBucketEncryption(Buckets(s))).On("encryption"),
    ];

    private static string Region(IServiceProvider services) => services.GetRequiredService<SignatureOptions>().Region;

    private static BucketStore Buckets(IServiceProvider services) => services.GetRequiredService<BucketStore>();
}
