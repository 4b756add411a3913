namespace S3Cassandra.Storage.Objects;

/// <summary>Conditions of a GET or HEAD, or of the source of a copy.</summary>
/// <param name="IfMatch">ETags as sent, a list or "*"; null for none.</param>
/// <param name="IfNoneMatch">ETags as sent, a list or "*"; null for none.</param>
/// <param name="IfModifiedSince">Null for none.</param>
/// <param name="IfUnmodifiedSince">Null for none.</param>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2"/>
public sealed record ReadConditions(
    string? IfMatch = null, string? IfNoneMatch = null, DateTimeOffset? IfModifiedSince = null, DateTimeOffset? IfUnmodifiedSince = null)
{
    public static ReadConditions None { get; } = new();

    /// <summary>
    /// In RFC 9110's order, as AWS does: If-Match, else If-Unmodified-Since; then If-None-Match, else If-Modified-Since. Dates compare by
    /// whole seconds, which is all that Last-Modified shows.
    /// </summary>
    public ReadOutcome Evaluate(ObjectRecord record)
    {
        var modified = record.LastModified.ToUnixTimeSeconds();
        if (IfMatch is not null ? !Matches(IfMatch, record.ETag) : IfUnmodifiedSince is { } since && modified > since.ToUnixTimeSeconds())
        {
            return ReadOutcome.PreconditionFailed;
        }

        if (IfNoneMatch is not null ? Matches(IfNoneMatch, record.ETag) : IfModifiedSince is { } after && modified <= after.ToUnixTimeSeconds())
        {
            return ReadOutcome.NotModified;
        }

        return ReadOutcome.Proceed;
    }

    private static bool Matches(string list, string etag)
    {
        foreach (var item in list.Split(','))
        {
            var candidate = EntityTag.Unquote(item);
            if (candidate == "*" || string.Equals(candidate, etag, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
