using System.Globalization;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>A run of an object's bytes.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="Count">How many.</param>
internal readonly record struct ByteRange(long Offset, long Count)
{
    private const string Unit = "bytes=";

    /// <summary>
    /// The range that a Range header asks for; null where the whole object is to be sent: no header, one that is not understood, or
    /// several ranges, which S3 answers with 200 and everything.
    /// </summary>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc9110#section-14.2"/>
    /// <exception cref="S3Exception">InvalidRange: it begins behind the end.</exception>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || header.Contains(','))
        {
            return null;
        }

        var range = header.AsSpan(Unit.Length);
        var dash = range.IndexOf('-');
        if (dash < 0)
        {
            return null;
        }

        var (first, last) = (Number(range[..dash]), Number(range[(dash + 1)..]));
        if (dash == 0)
        {
            // A suffix of nothing is everything that there is.
            return last is not { } suffix || (size == 0 && suffix > 0) ? null
                : suffix == 0 ? throw Unsatisfiable(header, size)
                : Suffix(suffix, size);
        }

        var isOpen = dash == range.Length - 1;
        if (first is not { } from || (last is null && !isOpen) || last < from)
        {
            return null;
        }

        return from >= size
            ? throw Unsatisfiable(header, size)
            : new ByteRange(from, Math.Min(last ?? long.MaxValue, size - 1) - from + 1);
    }

    /// <summary>As Content-Range says it.</summary>
    public string ToContentRange(long size) => string.Create(CultureInfo.InvariantCulture, $"bytes {Offset}-{Offset + Count - 1}/{size}");

    private static ByteRange Suffix(long count, long size) => new(Math.Max(0, size - count), Math.Min(count, size));

    /// <summary>More than fits counts as the largest number: it is behind every end.</summary>
    private static long? Number(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : long.MaxValue;
    }

    private static S3Exception Unsatisfiable(string header, long size) => new(
        S3Errors.InvalidRange, null, ("RangeRequested", header), ("ActualObjectSize", size.ToString(CultureInfo.InvariantCulture)));
}
