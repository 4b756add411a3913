namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>What a condition operator compares; the negated operators are these, negated.</summary>
public enum ConditionComparison
{
    StringEquals,
    StringEqualsIgnoreCase,
    StringLike,
    NumericEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,

    /// <summary>ArnEquals and ArnLike, which AWS says are the same.</summary>
    ArnLike,

    /// <summary>Whether the key is absent.</summary>
    Null,
}
