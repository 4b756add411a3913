using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What changes of a version's description answer: its tags, its access control list.</summary>
internal static class ChangedVersionAnswer
{
    /// <exception cref="S3Exception">It was not changed.</exception>
    public static void Write(S3Context context, VersionId? version, WriteOutcome outcome, int status)
    {
        if (outcome.Status == WriteStatus.NotFound)
        {
            throw outcome.Version is { IsDeleteMarker: true } ? OnDeleteMarker(context)
                : version is null ? ObjectOutcomes.NoSuchKey(context.Target.Key.ToString())
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
