using S3Cassandra.Auth.Policies.Conditions;

namespace S3Cassandra.Auth.Tests.Policies;

/// <summary>Facts of a request as texts.</summary>
internal sealed class FactList(IReadOnlyDictionary<string, string[]> values) : IConditionFacts
{
    public FactList(params (string Key, string Value)[] values)
        : this(values.GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Select(pair => pair.Value).ToArray()))
    {
    }

    private readonly Dictionary<string, string[]> _values = new(values, StringComparer.OrdinalIgnoreCase);

    public ConditionValues Find(ConditionKey key) =>
        _values.TryGetValue(key.Name, out var found)
            ? found.Length == 1 ? ConditionValues.Of(found[0]) : ConditionValues.OfAll(found)
            : default;
}
