using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>Multipart uploads.</summary>
internal static class MultipartRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.NotImplemented("CreateMultipartUpload", "POST", RouteTarget.Object).On("uploads"),
        Route.NotImplemented("UploadPart", "PUT", RouteTarget.Object).On("uploadId").WithQuery("partNumber").WithObjectBody(),
        Route.NotImplemented("UploadPartCopy", "PUT", RouteTarget.Object).On("uploadId").WithQuery("partNumber").WithHeader("x-amz-copy-source"),
        Route.NotImplemented("CompleteMultipartUpload", "POST", RouteTarget.Object).On("uploadId").WithObjectChecksums(),
        Route.NotImplemented("AbortMultipartUpload", "DELETE", RouteTarget.Object).On("uploadId"),
        Route.NotImplemented("ListParts", "GET", RouteTarget.Object).On("uploadId"),
        Route.NotImplemented("ListMultipartUploads", "GET", RouteTarget.Bucket).On("uploads"),
    ];
}
