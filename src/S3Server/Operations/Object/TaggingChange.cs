using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What PutObjectTagging and DeleteObjectTagging share: the change and its answer.</summary>
internal static class TaggingChange
{
    public static async ValueTask ApplyAsync(
        ObjectTagging tagging, TaggingInput input, S3Context context, int status, CancellationToken cancellationToken)
    {
        var outcome = await tagging.SetAsync(context.Bucket.Id, context.Target.Key, input.Version, input.Tags, cancellationToken);
        if (outcome.Status == WriteStatus.NotFound)
        {
            throw outcome.Version is { IsDeleteMarker: true } ? OnDeleteMarker(context)
                : input.Version is null ? ObjectOutcomes.NoSuchKey(context.Target.Key.ToString())
                : ObjectOutcomes.NoSuchVersion(context);
        }

        ObjectOutcomes.Require(context, outcome, WriteConditions.None);
        ObjectResponseHeaders.Version(context.Http.Response, outcome.Version!, outcome.Versioned);
        context.Http.Response.StatusCode = status;
    }

    private static S3Exception OnDeleteMarker(S3Context context)
    {
        ObjectResponseHeaders.DeleteMarker(context.Http.Response);
        return new S3Exception(S3Errors.MethodNotAllowed, null, ("Method", context.Http.Request.Method), ("ResourceType", "DeleteMarker"));
    }
}
