using System.Globalization;
using Microsoft.Net.Http.Headers;
using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What GetObject and HeadObject read from their requests, and what they need for it.</summary>
internal static class ReadObjectRequest
{
    private const int MaxPartNumber = 10_000;

    private static readonly (string Parameter, string Header)[] OverrideNames =
    [
        ("response-content-type", HeaderNames.ContentType),
        ("response-content-language", HeaderNames.ContentLanguage),
        ("response-expires", HeaderNames.Expires),
        ("response-cache-control", HeaderNames.CacheControl),
        ("response-content-disposition", HeaderNames.ContentDisposition),
        ("response-content-encoding", HeaderNames.ContentEncoding),
    ];

    /// <exception cref="S3Exception">InvalidArgument, InvalidRequest.</exception>
    public static ReadObjectInput Parse(S3Context context, ObjectEncryptor encryptor)
    {
        var partNumber = ParsePartNumber(context.Target.Query.Get("partNumber"));
        var range = context.Header("Range");
        if (partNumber is not null && range is not null)
        {
            throw new S3Exception(S3Errors.InvalidRequest, "Cannot specify both Range header and partNumber query parameter");
        }

        if (context.Header("x-amz-server-side-encryption") is { } encryption)
        {
            throw new S3Exception(
                S3Errors.InvalidArgument,
                "x-amz-server-side-encryption header is not supported for this operation.",
                ("ArgumentName", "x-amz-server-side-encryption"),
                ("ArgumentValue", encryption));
        }

        return new ReadObjectInput
        {
            Version = VersionParameter.Parse(context),
            PartNumber = partNumber,
            Range = range,
            Conditions = ConditionHeaders.OfRead(context),
            WithChecksum = string.Equals(context.Header("x-amz-checksum-mode"), "ENABLED", StringComparison.OrdinalIgnoreCase),
            CustomerKey = encryptor.ParseCustomerKey(context),
            Overrides = context.Target.Query.All.Count == 0 ? [] : ParseOverrides(context),
        };
    }

    public static void Require(ReadObjectInput input, S3Context context, RequiredPermissions permissions) => permissions.Add(
        input.Version is null ? S3Action.GetObject : S3Action.GetObjectVersion,
        RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString()),
        input.Version);

    private static int? ParsePartNumber(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MaxPartNumber
            ? number
            : throw new S3Exception(
                S3Errors.InvalidArgument,
                "Part number must be an integer between 1 and 10000, inclusive.",
                ("ArgumentName", "partNumber"),
                ("ArgumentValue", text));
    }

    private static List<KeyValuePair<string, string>> ParseOverrides(S3Context context)
    {
        var overrides = new List<KeyValuePair<string, string>>();
        foreach (var (parameter, header) in OverrideNames)
        {
            if (context.Target.Query.Get(parameter) is { } value)
            {
                overrides.Add(new KeyValuePair<string, string>(header, ObjectDescription.CheckedValue(parameter, value)));
            }
        }

        return overrides.Count > 0 && context.Identity.IsAnonymous
            ? throw new S3Exception(S3Errors.InvalidRequest, "Request specific response headers cannot be used for anonymous GET requests.")
            : overrides;
    }
}
