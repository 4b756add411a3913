using System.Globalization;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What requests on uploads have in their query.</summary>
internal static class UploadParameters
{
    public const string InitiatedTimeHeader = "x-amz-if-match-initiated-time";

    private const int MostListed = 1_000;

    /// <summary>The upload's id; one that is none of ours names no upload.</summary>
    /// <exception cref="S3Exception">NoSuchUpload.</exception>
    public static UploadId ParseUploadId(S3Context context) =>
        UploadId.TryParse(context.Target.Query.Get("uploadId"), out var id) ? id : throw NoSuchUpload(context);

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static int ParsePartNumber(S3Context context)
    {
        var text = context.Target.Query.Get("partNumber") ?? "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= MultipartUploads.MaxPartNumber
            ? number
            : throw Invalid("partNumber", text, "Part number must be an integer between 1 and 10000, inclusive.");
    }

    /// <summary>max-parts, max-uploads: more than a thousand count as a thousand.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static int ParseMost(S3Context context, string name)
    {
        var text = context.Target.Query.Get(name);
        return string.IsNullOrEmpty(text) ? MostListed : Math.Min(ParseNumber(name, text), MostListed);
    }

    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static int ParseNumber(string name, string text)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw Invalid(name, text, $"Provided {text} not an integer or within integer range");
        }

        return number >= 0 ? number : throw Invalid(name, text, $"Argument {text} must be an integer between 0 and 2147483647");
    }

    public static S3Exception NoSuchUpload(S3Context context) =>
        new(S3Errors.NoSuchUpload, null, ("UploadId", context.Target.Query.Get("uploadId") ?? ""));

    public static S3Exception Invalid(string name, string value, string message) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", name), ("ArgumentValue", value));

    /// <summary>What permissions are asked for.</summary>
    public static string Resource(S3Context context) => RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString());
}
