namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>How a condition treats a key of several values.</summary>
public enum ConditionQuantifier
{
    /// <summary>No prefix: at least one matches; for a negated operator, none does.</summary>
    None,

    /// <summary><c>ForAllValues:</c> each of the request's values satisfies it, or there are none.</summary>
    ForAllValues,

    /// <summary><c>ForAnyValue:</c> one of the request's values satisfies it.</summary>
    ForAnyValue,
}
