using System.Globalization;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What operations on objects answer where the store's outcome is not success.</summary>
internal static class ObjectOutcomes
{
    /// <summary>The S3 error of a write that was not done.</summary>
    public static void Require(S3Context context, WriteOutcome outcome, WriteConditions conditions)
    {
        if (outcome.Status != WriteStatus.Done)
        {
            throw outcome.Status == WriteStatus.BodyRefused && context.Body.Refusal is { } refusal
                ? refusal
                : Error(outcome.Status, context.Target.Key.ToString(), context.Target.Bucket, conditions);
        }
    }

    /// <summary>The S3 error of a write of that key that was not done.</summary>
    public static S3Exception Error(WriteStatus status, string key, string bucket, WriteConditions conditions) => status switch
    {
        WriteStatus.PreconditionFailed => PreconditionFailed(ConditionOf(conditions)),
        WriteStatus.NotFound => NoSuchKey(key),
        WriteStatus.UploadGone => new S3Exception(S3Errors.NoSuchUpload),
        WriteStatus.Conflict when conditions.Any => new S3Exception(
            S3Errors.ConditionalRequestConflict, null, ("Condition", ConditionOf(conditions)), ("Key", key)),
        WriteStatus.Conflict => new S3Exception(S3Errors.SlowDown),
        WriteStatus.BucketGone => NoSuchBucket(bucket),
        WriteStatus.TooLarge => new S3Exception(
            S3Errors.EntityTooLarge, null, ("MaxSizeAllowed", BodyStorer.MaxLength.ToString(CultureInfo.InvariantCulture))),
        WriteStatus.BodyRefused => new S3Exception(S3Errors.BadDigest),
        _ => new S3Exception(S3Errors.SlowDown, "Whether the request took effect is not known. Please try again."),
    };

    /// <summary>The error of a lookup that found no object to read, with what AWS says of a delete marker.</summary>
    public static void Require(S3Context context, ObjectLookup found)
    {
        var response = context.Http.Response;
        switch (found.Status)
        {
            case LookupStatus.Found:
                return;
            case LookupStatus.NotFound:
                throw NoSuchKey(context.Target.Key.ToString());
            case LookupStatus.NoSuchVersion:
                throw NoSuchVersion(context);
            case LookupStatus.BucketGone:
                throw NoSuchBucket(context.Target.Bucket);
        }

        ObjectResponseHeaders.DeleteMarker(response);
        ObjectResponseHeaders.Version(response, found.Object, found.Versioned);
        if (found.Asked is null)
        {
            throw NoSuchKey(context.Target.Key.ToString());
        }

        response.Headers.LastModified = ObjectResponseHeaders.LastModified(found.Object);
        throw new S3Exception(S3Errors.MethodNotAllowed, null, ("Method", context.Http.Request.Method), ("ResourceType", "DeleteMarker"))
        {
            Allow = "DELETE",
        };
    }

    public static S3Exception NoSuchKey(string key) => new(S3Errors.NoSuchKey, null, ("Key", key));

    public static S3Exception NoSuchVersion(S3Context context) => new(
        S3Errors.NoSuchVersion,
        null,
        ("Key", context.Target.Key.ToString()),
        ("VersionId", context.Target.Query.Get("versionId") ?? ""));

    public static S3Exception NoSuchBucket(string bucket) => new(S3Errors.NoSuchBucket, null, ("BucketName", bucket));

    public static S3Exception PreconditionFailed(string condition) => new(S3Errors.PreconditionFailed, null, ("Condition", condition));

    private static string ConditionOf(WriteConditions conditions) =>
        conditions.IfNoneMatchAny ? "If-None-Match" : conditions.IfMatch is not null ? "If-Match" : "x-amz-if-match";
}
