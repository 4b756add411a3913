using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Operations.Configuration;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>A bucket's access, and the configurations that nobody can set yet.</summary>
internal static class ConfigurationRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.Of("GetBucketAcl", "GET", RouteTarget.Bucket, _ => new GetBucketAcl()).On("acl"),
        Route.Of("PutBucketAcl", "PUT", RouteTarget.Bucket, s => new PutBucketAcl(s.GetRequiredService<AccessLists>(), Buckets(s))).On("acl").WithAcl().Needs(S3Action.PutBucketAcl),
        Route.Of("GetBucketPolicy", "GET", RouteTarget.Bucket, _ => new GetBucketPolicy()).On("policy"),
        Route.Of("PutBucketPolicy", "PUT", RouteTarget.Bucket, s => ActivatorUtilities.CreateInstance<PutBucketPolicy>(s)).On("policy").Needs(S3Action.PutBucketPolicy),
        Route.Of("DeleteBucketPolicy", "DELETE", RouteTarget.Bucket, s => new DeleteBucketPolicy(Buckets(s))).On("policy"),
        Route.Of("GetBucketPolicyStatus", "GET", RouteTarget.Bucket, s => new GetBucketPolicyStatus(s.GetRequiredService<BucketPolicies>())).On("policyStatus"),
        Route.Of("GetPublicAccessBlock", "GET", RouteTarget.Bucket, _ => new GetPublicAccessBlock()).On("publicAccessBlock"),
        Route.Of("PutPublicAccessBlock", "PUT", RouteTarget.Bucket, s => new PutPublicAccessBlock(Buckets(s))).On("publicAccessBlock").Needs(S3Action.PutBucketPublicAccessBlock),
        Route.Of("DeletePublicAccessBlock", "DELETE", RouteTarget.Bucket, s => new DeletePublicAccessBlock(Buckets(s))).On("publicAccessBlock"),
        Route.Of("GetBucketOwnershipControls", "GET", RouteTarget.Bucket, _ => new GetBucketOwnershipControls()).On("ownershipControls"),
        Route.Of("PutBucketOwnershipControls", "PUT", RouteTarget.Bucket, s => new PutBucketOwnershipControls(Buckets(s))).On("ownershipControls").Needs(S3Action.PutBucketOwnershipControls),
        Route.Of("DeleteBucketOwnershipControls", "DELETE", RouteTarget.Bucket, s => new DeleteBucketOwnershipControls(Buckets(s))).On("ownershipControls"),
        Route.Of("GetBucketLifecycleConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketLifecycleConfiguration.Operation).On("lifecycle"),
        Route.NotImplemented("PutBucketLifecycleConfiguration", "PUT", RouteTarget.Bucket).On("lifecycle"),
        Route.Of("DeleteBucketLifecycle", "DELETE", RouteTarget.Bucket, _ => DeleteBucketLifecycle.Operation).On("lifecycle"),
        Route.Of("GetBucketReplication", "GET", RouteTarget.Bucket, _ => GetBucketReplication.Operation).On("replication"),
        Route.NotImplemented("PutBucketReplication", "PUT", RouteTarget.Bucket).On("replication"),
        Route.Of("DeleteBucketReplication", "DELETE", RouteTarget.Bucket, _ => DeleteBucketReplication.Operation).On("replication"),
        Route.Of("GetObjectLockConfiguration", "GET", RouteTarget.Bucket, _ => GetObjectLockConfiguration.Operation).On("object-lock"),
        Route.NotImplemented("PutObjectLockConfiguration", "PUT", RouteTarget.Bucket).On("object-lock"),
        Route.Of("GetBucketWebsite", "GET", RouteTarget.Bucket, _ => GetBucketWebsite.Operation).On("website"),
        Route.NotImplemented("PutBucketWebsite", "PUT", RouteTarget.Bucket).On("website"),
        Route.Of("DeleteBucketWebsite", "DELETE", RouteTarget.Bucket, _ => DeleteBucketWebsite.Operation).On("website"),
        Route.Of("GetBucketLogging", "GET", RouteTarget.Bucket, _ => GetBucketLogging.Operation).On("logging"),
        Route.NotImplemented("PutBucketLogging", "PUT", RouteTarget.Bucket).On("logging"),
        Route.Of("GetBucketNotificationConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketNotificationConfiguration.Operation).On("notification"),
        Route.NotImplemented("PutBucketNotificationConfiguration", "PUT", RouteTarget.Bucket).On("notification"),
        Route.Of("GetBucketAccelerateConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketAccelerateConfiguration.Operation).On("accelerate"),
        Route.NotImplemented("PutBucketAccelerateConfiguration", "PUT", RouteTarget.Bucket).On("accelerate"),
        Route.Of("GetBucketRequestPayment", "GET", RouteTarget.Bucket, _ => new GetBucketRequestPayment()).On("requestPayment"),
        Route.Of("PutBucketRequestPayment", "PUT", RouteTarget.Bucket, s => new PutBucketRequestPayment(Buckets(s))).On("requestPayment").Needs(S3Action.PutBucketRequestPayment),
        Route.Of("GetBucketAbac", "GET", RouteTarget.Bucket, _ => GetBucketAbac.Operation).On("abac"),
        Route.NotImplemented("PutBucketAbac", "PUT", RouteTarget.Bucket).On("abac"),
        Route.Of("GetBucketAnalyticsConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketAnalyticsConfiguration.Operation).On("analytics").WithQuery("id"),
        Route.Of("ListBucketAnalyticsConfigurations", "GET", RouteTarget.Bucket, _ => ListBucketAnalyticsConfigurations.Operation).On("analytics"),
        Route.NotImplemented("PutBucketAnalyticsConfiguration", "PUT", RouteTarget.Bucket).On("analytics"),
        Route.Of("DeleteBucketAnalyticsConfiguration", "DELETE", RouteTarget.Bucket, _ => DeleteBucketAnalyticsConfiguration.Operation).On("analytics"),
        Route.Of("GetBucketIntelligentTieringConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketIntelligentTieringConfiguration.Operation).On("intelligent-tiering").WithQuery("id"),
        Route.Of("ListBucketIntelligentTieringConfigurations", "GET", RouteTarget.Bucket, _ => ListBucketIntelligentTieringConfigurations.Operation).On("intelligent-tiering"),
        Route.NotImplemented("PutBucketIntelligentTieringConfiguration", "PUT", RouteTarget.Bucket).On("intelligent-tiering"),
        Route.Of("DeleteBucketIntelligentTieringConfiguration", "DELETE", RouteTarget.Bucket, _ => DeleteBucketIntelligentTieringConfiguration.Operation).On("intelligent-tiering"),
        Route.Of("GetBucketInventoryConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketInventoryConfiguration.Operation).On("inventory").WithQuery("id"),
        Route.Of("ListBucketInventoryConfigurations", "GET", RouteTarget.Bucket, _ => ListBucketInventoryConfigurations.Operation).On("inventory"),
        Route.NotImplemented("PutBucketInventoryConfiguration", "PUT", RouteTarget.Bucket).On("inventory"),
        Route.Of("DeleteBucketInventoryConfiguration", "DELETE", RouteTarget.Bucket, _ => DeleteBucketInventoryConfiguration.Operation).On("inventory"),
        Route.Of("GetBucketMetricsConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketMetricsConfiguration.Operation).On("metrics").WithQuery("id"),
        Route.Of("ListBucketMetricsConfigurations", "GET", RouteTarget.Bucket, _ => ListBucketMetricsConfigurations.Operation).On("metrics"),
        Route.NotImplemented("PutBucketMetricsConfiguration", "PUT", RouteTarget.Bucket).On("metrics"),
        Route.Of("DeleteBucketMetricsConfiguration", "DELETE", RouteTarget.Bucket, _ => DeleteBucketMetricsConfiguration.Operation).On("metrics"),
        Route.NotImplemented("CreateBucketMetadataConfiguration", "POST", RouteTarget.Bucket).On("metadataConfiguration"),
        Route.Of("GetBucketMetadataConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketMetadataConfiguration.Operation).On("metadataConfiguration"),
        Route.Of("DeleteBucketMetadataConfiguration", "DELETE", RouteTarget.Bucket, _ => DeleteBucketMetadataConfiguration.Operation).On("metadataConfiguration"),
        Route.NotImplemented("CreateBucketMetadataTableConfiguration", "POST", RouteTarget.Bucket).On("metadataTable"),
        Route.Of("GetBucketMetadataTableConfiguration", "GET", RouteTarget.Bucket, _ => GetBucketMetadataTableConfiguration.Operation).On("metadataTable"),
        Route.Of("DeleteBucketMetadataTableConfiguration", "DELETE", RouteTarget.Bucket, _ => DeleteBucketMetadataTableConfiguration.Operation).On("metadataTable"),
        Route.NotImplemented("UpdateBucketMetadataInventoryTableConfiguration", "PUT", RouteTarget.Bucket).On("metadataInventoryTable"),
        Route.NotImplemented("UpdateBucketMetadataJournalTableConfiguration", "PUT", RouteTarget.Bucket).On("metadataJournalTable"),
        Route.NotImplemented("UpdateBucketMetadataAnnotationTableConfiguration", "PUT", RouteTarget.Bucket).On("metadataAnnotationTable"),
        Route.NotImplemented("CreateSession", "GET", RouteTarget.Bucket).On("session"),
        Route.Elsewhere("ListDirectoryBuckets", "GET", RouteTarget.Service, "directory buckets have an endpoint of their own"),
        Route.Elsewhere("WriteGetObjectResponse", "POST", RouteTarget.Service, "Object Lambda has an endpoint of its own"),
    ];

    private static BucketStore Buckets(IServiceProvider services) => services.GetRequiredService<BucketStore>();
}
