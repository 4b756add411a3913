using System.Globalization;

namespace S3Cassandra.Auth.Signatures;

/// <summary>The dates of signed requests: ISO 8601's basic form <c>yyyyMMddTHHmmssZ</c> (x-amz-date) and HTTP's (Date).</summary>
internal static class AmzDate
{
    /// <summary>The characters of the basic form.</summary>
    public const int Length = 16;

    private const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>RFC 9110's three forms, RFC 5322's with a numeric zone (s3cmd, Python's formatdate), and ISO 8601 in full.</summary>
    private static readonly string[] HttpFormats =
    [
        "r", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'UTC'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
    ];

    /// <summary>Reads the basic form.</summary>
    public static bool TryParseBasic(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        date = default;
        return text.Length == Length
            && DateTimeOffset.TryParseExact(text, BasicFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
    }

    /// <summary>Reads any form that a Date header or Signature V2's x-amz-date comes in.</summary>
    public static bool TryParse(string text, out DateTimeOffset date) =>
        TryParseBasic(text, out date)
        || DateTimeOffset.TryParseExact(
            text.Replace(" -0000", " +0000", StringComparison.Ordinal),
            HttpFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out date);

    /// <summary>Writes the basic form.</summary>
    public static string ToBasic(DateTimeOffset date) => date.UtcDateTime.ToString(BasicFormat, CultureInfo.InvariantCulture);

    /// <summary>Writes the extended form, as error documents show it.</summary>
    public static string ToExtended(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Whether <paramref name="text"/> is a day as scopes name it, <c>yyyyMMdd</c>.</summary>
    public static bool IsDay(ReadOnlySpan<char> text) =>
        text.Length == 8
        && !text.ContainsAnyExceptInRange('0', '9')
        && DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
