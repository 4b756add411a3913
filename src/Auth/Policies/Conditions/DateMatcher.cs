using System.Globalization;
using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>DateEquals and its order: ISO 8601 (W3C's profile) or seconds since 1970.</summary>
internal sealed class DateMatcher(ConditionComparison comparison, DateTimeOffset expected) : ConditionMatcher
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", "yyyy-MM", "yyyy",
        "yyyyMMdd'T'HHmmssK",
    ];

    /// <summary>The instant of a text; null where it is none.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    public override PatternMatch Match(in ConditionValue value, IConditionFacts facts)
    {
        var ticks = value.Kind switch
        {
            ConditionValueKind.Instant => value.Number,
            ConditionValueKind.Number when value.Number is >= 0 and <= 253402300799 => DateTimeOffset.FromUnixTimeSeconds(value.Number).UtcTicks,
            ConditionValueKind.Text => Parse(value.Text)?.UtcTicks,
            _ => null,
        };
        return When(ticks is { } actual && comparison switch
        {
            ConditionComparison.DateEquals => actual == expected.UtcTicks,
            ConditionComparison.DateLessThan => actual < expected.UtcTicks,
            ConditionComparison.DateLessThanEquals => actual <= expected.UtcTicks,
            ConditionComparison.DateGreaterThan => actual > expected.UtcTicks,
            _ => actual >= expected.UtcTicks,
        });
    }
}
