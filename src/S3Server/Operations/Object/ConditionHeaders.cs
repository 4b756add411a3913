using System.Globalization;
using Microsoft.Net.Http.Headers;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>The conditions of a request, from its headers. A date that is none is ignored, as RFC 9110 (13.1.3) has it.</summary>
internal static class ConditionHeaders
{
    private const string CopySource = "x-amz-copy-source-";

    /// <summary>Of a GET or HEAD.</summary>
    public static ReadConditions OfRead(S3Context context) => Read(context, "");

    /// <summary>Of the source of a copy.</summary>
    public static ReadConditions OfCopySource(S3Context context) => Read(context, CopySource);

    /// <summary>Of a PUT, copy or Complete, on the key that is written.</summary>
    /// <exception cref="S3Exception">NotImplemented: If-None-Match with anything but "*".</exception>
    public static WriteConditions OfWrite(S3Context context)
    {
        var ifMatch = context.Header("If-Match");
        var ifNoneMatch = context.Header("If-None-Match");
        if (ifMatch is null && ifNoneMatch is null)
        {
            return WriteConditions.None;
        }

        if (ifNoneMatch is not null && (ifMatch is not null || EntityTag.Unquote(ifNoneMatch) != "*"))
        {
            throw new S3Exception(
                S3Errors.NotImplemented, null, ("Header", "If-None-Match"), ("additionalMessage", "We don't accept the provided value of If-None-Match header for this API"));
        }

        return new WriteConditions(ifMatch is null ? null : EntityTag.Unquote(ifMatch), ifNoneMatch is not null);
    }

    /// <summary>Of a DELETE.</summary>
    /// <exception cref="S3Exception">InvalidArgument: a size or a time that is none.</exception>
    public static WriteConditions OfDelete(S3Context context)
    {
        var ifMatch = context.Header("If-Match");
        var modified = context.Header("x-amz-if-match-last-modified-time");
        var size = context.Header("x-amz-if-match-size");
        if (ifMatch is null && modified is null && size is null)
        {
            return WriteConditions.None;
        }

        return new WriteConditions(
            ifMatch is null ? null : EntityTag.Unquote(ifMatch),
            IfMatchLastModified: modified is null ? null : Time(modified) ?? throw Invalid("x-amz-if-match-last-modified-time", modified),
            IfMatchSize: size is null ? null : Size(size) ?? throw Invalid("x-amz-if-match-size", size));
    }

    /// <summary>A time as headers (RFC 9110) or documents (ISO 8601) write it; null when it is none.</summary>
    public static DateTimeOffset? Time(string text) =>
        HeaderUtilities.TryParseDate(text, out var date)
        || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date)
            ? date
            : null;

    public static long? Size(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;

    private static ReadConditions Read(S3Context context, string prefix)
    {
        var ifMatch = context.Header(prefix + "If-Match");
        var ifNoneMatch = context.Header(prefix + "If-None-Match");
        var modifiedSince = context.Header(prefix + "If-Modified-Since");
        var unmodifiedSince = context.Header(prefix + "If-Unmodified-Since");
        if (ifMatch is null && ifNoneMatch is null && modifiedSince is null && unmodifiedSince is null)
        {
            return ReadConditions.None;
        }

        return new ReadConditions(
            ifMatch,
            ifNoneMatch,
            modifiedSince is null ? null : Time(modifiedSince),
            unmodifiedSince is null ? null : Time(unmodifiedSince));
    }

    private static S3Exception Invalid(string name, string value) =>
        new(S3Errors.InvalidArgument, null, ("ArgumentName", name), ("ArgumentValue", value));
}
