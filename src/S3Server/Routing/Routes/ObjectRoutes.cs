using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Operations.Configuration;
using S3Cassandra.S3Server.Operations.Object;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>Objects: reading, writing, copying, deleting, their tags and what else can be asked of one.</summary>
internal static class ObjectRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.Of("PutObject", "PUT", RouteTarget.Object, New<PutObject>).WithObjectBody().WithAcl().Needs(S3Action.PutObject),
        Route.Of("CopyObject", "PUT", RouteTarget.Object, New<CopyObject>).WithHeader("x-amz-copy-source").WithAcl(),
        Route.Of("GetObject", "GET", RouteTarget.Object, New<GetObject>).OfVersion(),
        Route.Of("HeadObject", "HEAD", RouteTarget.Object, New<HeadObject>).OfVersion(),
        Route.Of("DeleteObject", "DELETE", RouteTarget.Object, New<DeleteObject>).OfVersion(),
        Route.Of("DeleteObjects", "POST", RouteTarget.Bucket, New<DeleteObjects>).On("delete").WithDigest().Needs(S3Action.DeleteObject),
        Route.Of("GetObjectAttributes", "GET", RouteTarget.Object, New<GetObjectAttributes>).On("attributes").OfVersion(),
        Route.Of("GetObjectTagging", "GET", RouteTarget.Object, New<GetObjectTagging>).On("tagging").OfVersion(),
        Route.Of("PutObjectTagging", "PUT", RouteTarget.Object, New<PutObjectTagging>).On("tagging").OfVersion().Needs(S3Action.PutObjectTagging),
        Route.Of("DeleteObjectTagging", "DELETE", RouteTarget.Object, New<DeleteObjectTagging>).On("tagging").OfVersion(),
        Route.Of("GetObjectAcl", "GET", RouteTarget.Object, New<GetObjectAcl>).On("acl").OfVersion(),
        Route.Of("PutObjectAcl", "PUT", RouteTarget.Object, New<PutObjectAcl>).On("acl").OfVersion().WithAcl().Needs(S3Action.PutObjectAcl),
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
        Route.Of("PostObject", "POST", RouteTarget.Bucket, New<PostObject>).WithForm().WithAcl(),
    ];

    private static T New<T>(IServiceProvider services) => ActivatorUtilities.CreateInstance<T>(services);
}
