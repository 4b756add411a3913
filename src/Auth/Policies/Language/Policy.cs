using S3Cassandra.Auth.Policies.Conditions;

namespace S3Cassandra.Auth.Policies.Language;

/// <summary>A policy that was found right and compiled. Immutable; shared by all requests.</summary>
public sealed class Policy
{
    internal Policy(string version, string? id, IReadOnlyList<PolicyStatement> statements)
    {
        Version = version;
        Id = id;
        Statements = [.. statements];
        KeyNames = [.. statements.SelectMany(statement => statement.Keys).Select(key => key.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
        AsksForExistingObjectTags = statements.SelectMany(statement => statement.Keys).Any(key => key.Id == ConditionKeyId.S3ExistingObjectTag);
    }

    /// <summary><c>2012-10-17</c>, or <c>2008-10-17</c>: then nothing in it is a variable.</summary>
    public string Version { get; }

    public string? Id { get; }

    public IReadOnlyList<PolicyStatement> Statements { get; }

    /// <summary>The condition keys that its conditions and variables ask for.</summary>
    public IReadOnlyList<string> KeyNames { get; }

    /// <summary>Whether a decision may depend on the tags that the object has: only then they need to be read first.</summary>
    public bool AsksForExistingObjectTags { get; }
}
