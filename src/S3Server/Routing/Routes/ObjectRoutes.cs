using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Configuration;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>Objects: reading, writing, copying, deleting, their tags and what else can be asked of one.</summary>
internal static class ObjectRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.NotImplemented("PutObject", "PUT", RouteTarget.Object).WithObjectBody(),
        Route.NotImplemented("CopyObject", "PUT", RouteTarget.Object).WithHeader("x-amz-copy-source"),
        Route.NotImplemented("GetObject", "GET", RouteTarget.Object).OfVersion(),
        Route.NotImplemented("HeadObject", "HEAD", RouteTarget.Object).OfVersion(),
        Route.NotImplemented("DeleteObject", "DELETE", RouteTarget.Object).OfVersion(),
        Route.NotImplemented("DeleteObjects", "POST", RouteTarget.Bucket).On("delete"),
        Route.NotImplemented("GetObjectAttributes", "GET", RouteTarget.Object).On("attributes").OfVersion(),
        Route.NotImplemented("GetObjectTagging", "GET", RouteTarget.Object).On("tagging").OfVersion(),
        Route.NotImplemented("PutObjectTagging", "PUT", RouteTarget.Object).On("tagging").OfVersion(),
        Route.NotImplemented("DeleteObjectTagging", "DELETE", RouteTarget.Object).On("tagging").OfVersion(),
        Route.NotImplemented("GetObjectAcl", "GET", RouteTarget.Object).On("acl").OfVersion(),
        Route.NotImplemented("PutObjectAcl", "PUT", RouteTarget.Object).On("acl").OfVersion(),
        Route.Of("GetObjectRetention", "GET", RouteTarget.Object, _ => new UnsetObjectLock(S3Action.GetObjectRetention)).On("retention").OfVersion(),
        Route.NotImplemented("PutObjectRetention", "PUT", RouteTarget.Object).On("retention").OfVersion(),
        Route.Of("GetObjectLegalHold", "GET", RouteTarget.Object, _ => new UnsetObjectLock(S3Action.GetObjectLegalHold)).On("legal-hold").OfVersion(),
        Route.NotImplemented("PutObjectLegalHold", "PUT", RouteTarget.Object).On("legal-hold").OfVersion(),
        Route.NotImplemented("GetObjectTorrent", "GET", RouteTarget.Object).On("torrent").OfVersion(),
        Route.NotImplemented("RestoreObject", "POST", RouteTarget.Object).On("restore").OfVersion(),
        Route.NotImplemented("SelectObjectContent", "POST", RouteTarget.Object).On("select").OfVersion(),
        Route.NotImplemented("RenameObject", "PUT", RouteTarget.Object).On("renameObject"),
        Route.NotImplemented("UpdateObjectEncryption", "PUT", RouteTarget.Object).On("encryption").OfVersion(),
        Route.NotImplemented("PutObjectAnnotation", "PUT", RouteTarget.Object).On("annotation").OfVersion(),
        Route.NotImplemented("GetObjectAnnotation", "GET", RouteTarget.Object).On("annotation").WithQuery("annotationName").OfVersion(),
        Route.NotImplemented("ListObjectAnnotations", "GET", RouteTarget.Object).On("annotation").OfVersion(),
        Route.NotImplemented("DeleteObjectAnnotation", "DELETE", RouteTarget.Object).On("annotation").OfVersion(),
        Route.NotImplemented("PostObject", "POST", RouteTarget.Bucket),
    ];
}
