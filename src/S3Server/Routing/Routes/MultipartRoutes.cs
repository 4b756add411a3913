using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Multipart;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>Multipart uploads.</summary>
internal static class MultipartRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.Of("CreateMultipartUpload", "POST", RouteTarget.Object, New<CreateMultipartUpload>).On("uploads").WithAcl().Needs(S3Action.PutObject),
        Route.Of("UploadPart", "PUT", RouteTarget.Object, New<UploadPart>).On("uploadId").WithQuery("partNumber").WithObjectBody().Needs(S3Action.PutObject),
        Route.Of("UploadPartCopy", "PUT", RouteTarget.Object, New<UploadPartCopy>)
            .On("uploadId").WithQuery("partNumber").WithHeader("x-amz-copy-source").Needs(S3Action.PutObject),
        Route.Of("CompleteMultipartUpload", "POST", RouteTarget.Object, New<CompleteMultipartUpload>).On("uploadId").WithObjectChecksums().Needs(S3Action.PutObject),
        Route.Of("AbortMultipartUpload", "DELETE", RouteTarget.Object, New<AbortMultipartUpload>).On("uploadId").Needs(S3Action.AbortMultipartUpload),
        Route.Of("ListParts", "GET", RouteTarget.Object, New<ListParts>).On("uploadId").Needs(S3Action.ListMultipartUploadParts),
        Route.Of("ListMultipartUploads", "GET", RouteTarget.Bucket, New<ListMultipartUploads>).On("uploads"),
    ];

    private static T New<T>(IServiceProvider services) => ActivatorUtilities.CreateInstance<T>(services);
}
