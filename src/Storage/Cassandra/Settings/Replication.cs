using System.Globalization;
using System.Text.RegularExpressions;

namespace S3Cassandra.Storage.Cassandra.Settings;

/// <summary>How many replicas each data centre has, as the operator says it: <c>dc1=3,dc2=3</c>. The first is home.</summary>
public sealed partial record Replication(IReadOnlyList<KeyValuePair<string, int>> Factors)
{
    private const int Most = 99;

    /// <summary>The data centre whose servers may write.</summary>
    public string Home => Factors[0].Key;

    /// <summary>Null when the text is not of that shape.</summary>
    public static Replication? Parse(string text)
    {
        var factors = new List<KeyValuePair<string, int>>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var match = DatacenterAndFactor().Match(part);
            if (!match.Success
                || !int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var factor)
                || factor is < 1 or > Most
                || factors.Exists(other => other.Key == match.Groups[1].Value))
            {
                return null;
            }
            factors.Add(new(match.Groups[1].Value, factor));
        }
        return new(factors);
    }

    public override string ToString() => string.Join(',', Factors.Select(factor => $"{factor.Key}={factor.Value}"));

    /// <summary>The map of CREATE KEYSPACE.</summary>
    internal string ToCql() =>
        $"{{'class': 'NetworkTopologyStrategy', {string.Join(", ", Factors.Select(factor => $"'{factor.Key}': {factor.Value}"))}}}";

    [GeneratedRegex(@"^([A-Za-z0-9_.-]{1,48})=([0-9]{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex DatacenterAndFactor();
}
