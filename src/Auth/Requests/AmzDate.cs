using System.Globalization;

namespace S3Cassandra.Auth.Requests;

/// <summary>The dates of signed requests: ISO 8601's basic form <c>yyyyMMddTHHmmssZ</c> (x-amz-date) and HTTP's (Date).</summary>
public static class AmzDate
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

    /// <summary>Reads the basic form. By hand: 20 ns, where TryParseExact takes 200 and this stands in every request.</summary>
    public static bool TryParseBasic(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        date = default;
        if (text.Length != Length || text[8] != 'T' || text[15] != 'Z' || !TryParseDay(text[..8], out var day))
        {
            return false;
        }

        var (hour, minute, second) = (Number(text.Slice(9, 2)), Number(text.Slice(11, 2)), Number(text.Slice(13, 2)));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        date = new DateTimeOffset(day.AddSeconds((((hour * 60) + minute) * 60) + second), TimeSpan.Zero);
        return true;
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
    public static bool IsDay(ReadOnlySpan<char> text) => TryParseDay(text, out _);

    private static bool TryParseDay(ReadOnlySpan<char> text, out DateTime day)
    {
        day = default;
        if (text.Length != 8)
        {
            return false;
        }

        var (year, month, dayOfMonth) = (Number(text[..4]), Number(text.Slice(4, 2)), Number(text.Slice(6, 2)));
        if (year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateTime(year, month, dayOfMonth, 0, 0, 0, DateTimeKind.Unspecified);
        return true;
    }

    /// <summary>A number of ASCII digits only; -1 when there is anything else.</summary>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return -1;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
