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
}
