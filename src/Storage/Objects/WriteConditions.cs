namespace S3Cassandra.Storage.Objects;

/// <summary>Conditions of a PUT, Copy, Complete or DELETE on the key's current object.</summary>
/// <param name="IfMatch">An ETag without quotes, or "*"; null for none.</param>
/// <param name="IfNoneMatchAny">If-None-Match: *: there must be no current object.</param>
/// <param name="IfMatchLastModified">x-amz-if-match-last-modified-time (DELETE only).</param>
/// <param name="IfMatchSize">x-amz-if-match-size (DELETE only).</param>
public sealed record WriteConditions(
    string? IfMatch = null, bool IfNoneMatchAny = false, DateTimeOffset? IfMatchLastModified = null, long? IfMatchSize = null)
{
    public static WriteConditions None { get; } = new();

    public bool Any => IfMatch is not null || IfNoneMatchAny || IfMatchLastModified is not null || IfMatchSize is not null;

    /// <summary>Whether they hold of what is current: Done, PreconditionFailed or NotFound.</summary>
    /// <param name="current">The head's record; null, or a delete marker, where there is no current object.</param>
    /// <param name="isDelete">A DELETE: what is deleted already is there to AWS, and fails If-Match with 412 instead of 404.</param>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html"/>
    public WriteStatus Check(ObjectRecord? current, bool isDelete)
    {
        if (current is null or { IsDeleteMarker: true })
        {
            return IfMatch is null ? WriteStatus.Done : isDelete && current is not null ? WriteStatus.PreconditionFailed : WriteStatus.NotFound;
        }

        var holds = !IfNoneMatchAny
            && (IfMatch is null or "*" || string.Equals(IfMatch, current.ETag, StringComparison.OrdinalIgnoreCase))
            && (IfMatchLastModified is not { } modified || modified.ToUnixTimeSeconds() == current.LastModified.ToUnixTimeSeconds())
            && (IfMatchSize is not { } size || size == current.Size);
        return holds ? WriteStatus.Done : WriteStatus.PreconditionFailed;
    }
}
