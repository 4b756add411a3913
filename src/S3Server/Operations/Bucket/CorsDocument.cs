using System.Buffers;
using System.Globalization;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>A CORS configuration as a document, and the rules for it.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html"/>
internal static class CorsDocument
{
    private const int MaxRules = 100;
    private const int MaxIdLength = 255;

    private static readonly string[] Methods = ["GET", "PUT", "HEAD", "POST", "DELETE"];

    /// <summary>RFC 9110, section 5.6.2: the characters of a header's name; and the wildcard, which is one of them.</summary>
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <exception cref="S3Exception">MalformedXML, or InvalidRequest with what is wrong.</exception>
    public static IReadOnlyList<CorsRule> Parse(XmlElement document)
    {
        if (document.Children.Count is 0 or > MaxRules || document.Children.Any(child => child.Name != "CORSRule"))
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        return [.. document.Children.Select(ParseRule)];
    }

    private static CorsRule ParseRule(XmlElement element)
    {
        var rule = new CorsRule
        {
            Id = element.Child("ID")?.Text,
            AllowedOrigins = Texts(element, "AllowedOrigin"),
            AllowedMethods = Texts(element, "AllowedMethod"),
            AllowedHeaders = Texts(element, "AllowedHeader"),
            ExposeHeaders = Texts(element, "ExposeHeader"),
            MaxAgeSeconds = Seconds(element.Child("MaxAgeSeconds")?.Text),
        };
        var known = rule.AllowedOrigins.Count + rule.AllowedMethods.Count + rule.AllowedHeaders.Count + rule.ExposeHeaders.Count
            + (rule.Id is null ? 0 : 1) + (rule.MaxAgeSeconds is null ? 0 : 1);
        if (known != element.Children.Count || rule.AllowedOrigins.Count == 0 || rule.AllowedMethods.Count == 0
            || rule.Id?.Length > MaxIdLength)
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        CheckMethods(rule.AllowedMethods);
        CheckWildcards("AllowedOrigin", rule.AllowedOrigins);
        CheckWildcards("AllowedHeader", rule.AllowedHeaders);
        CheckHeaders(rule.AllowedHeaders);
        CheckExposed(rule.ExposeHeaders);
        return rule;
    }

    private static string[] Texts(XmlElement element, string name) => [.. element.ChildrenNamed(name).Select(child => child.Text)];

    private static int? Seconds(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : throw new S3Exception(S3Errors.MalformedXML);

    private static void CheckMethods(IEnumerable<string> methods)
    {
        if (methods.FirstOrDefault(method => !Methods.Contains(method)) is { } unsupported)
        {
            throw Invalid($"Found unsupported HTTP method in CORS config. Unsupported method is {unsupported}");
        }
    }

    private static void CheckWildcards(string name, IEnumerable<string> values)
    {
        if (values.FirstOrDefault(value => value.AsSpan().Count('*') > 1) is { } wild)
        {
            throw Invalid($"{name} \"{wild}\" can not have more than one wildcard.");
        }
    }

    private static void CheckExposed(IReadOnlyList<string> headers)
    {
        if (headers.FirstOrDefault(header => header.Contains('*', StringComparison.Ordinal)) is { } wild)
        {
            throw Invalid($"ExposeHeader \"{wild}\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
        }

        CheckHeaders(headers);
    }

    /// <summary>One sentence for both kinds: what goes into either is the name of a header.</summary>
    private static void CheckHeaders(IEnumerable<string> headers)
    {
        if (headers.FirstOrDefault(header => header.Length == 0 || header.AsSpan().ContainsAnyExcept(Token)) is { } invalid)
        {
            throw Invalid($"AllowedHeader \"{invalid}\" contains invalid character.");
        }
    }

    private static S3Exception Invalid(string message) => new(S3Errors.InvalidRequest, message);
}
