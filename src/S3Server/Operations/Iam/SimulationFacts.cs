using System.Globalization;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The condition keys of a simulation: those given with the request, and of who is simulated what its ARN says.</summary>
internal sealed class SimulationFacts : IConditionFacts
{
    private readonly Dictionary<string, IReadOnlyList<string>> _given = new(StringComparer.OrdinalIgnoreCase);
    private readonly Identity _identity;
    private readonly DateTimeOffset _now;

    /// <exception cref="QueryException">ValidationError.</exception>
    public SimulationFacts(QueryRequest request, Identity identity)
    {
        _identity = identity;
        _now = request.Now;
        while (true)
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"ContextEntries.member.{_given.Count + 1}");
            if (request.Find(entry + ".ContextKeyName") is not { } name)
            {
                return;
            }

            if (!_given.TryAdd(name, request.Many(entry + ".ContextKeyValues")))
            {
                throw QueryException.Invalid($"Duplicate context key {name}.");
            }
        }
    }

    public ConditionValues Find(ConditionKey key) => _given.TryGetValue(key.Name, out var values) ? ConditionValues.OfAll(values) : key.Id switch
    {
        ConditionKeyId.CurrentTime => ConditionValues.Of(_now),
        ConditionKeyId.EpochTime => ConditionValues.Of(_now.ToUnixTimeSeconds()),
        ConditionKeyId.PrincipalArn => ConditionValues.Of(_identity.PrincipalArn),
        ConditionKeyId.PrincipalAccount => ConditionValues.Of(_identity.AccountId),
        ConditionKeyId.UserId => ConditionValues.Of(_identity.UniqueId),
        ConditionKeyId.UserName when _identity.PrincipalArn.Contains(":user/", StringComparison.Ordinal) =>
            ConditionValues.Of(_identity.PrincipalArn[(_identity.PrincipalArn.LastIndexOf('/') + 1)..]),
        _ => default,
    };

    /// <summary>Those of the names that have no value here.</summary>
    public IEnumerable<string> Missing(IEnumerable<string> names) => names
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Where(name => ConditionKey.Parse(name) is { } key && Find(key).Count == 0)
        .Order(StringComparer.Ordinal);
}
