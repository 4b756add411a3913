namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>
/// A condition key as a policy names it. Names are compared without regard to case; what stands after the slash of a tag key is kept as
/// written.
/// </summary>
public sealed class ConditionKey
{
    /// <summary>The longest name that a policy may use: a tag's key has 128 characters.</summary>
    public const int MaxLength = 256;

    private ConditionKey(string name, ConditionKeyId id, string? parameter)
    {
        Name = name;
        Id = id;
        Parameter = parameter;
    }

    /// <summary>As the policy has it.</summary>
    public string Name { get; }

    public ConditionKeyId Id { get; }

    /// <summary>The tag's key of <c>aws:PrincipalTag/key</c> and the like; null where the key has none.</summary>
    public string? Parameter { get; }

    /// <summary>The key of a name <c>vendor:name</c>; null where it is none.</summary>
    public static ConditionKey? Parse(string name)
    {
        var colon = name.IndexOf(':');
        if (colon <= 0 || colon == name.Length - 1 || name.Length > MaxLength || name.AsSpan().ContainsAny("*?{}$"))
        {
            return null;
        }

        var slash = name.IndexOf('/');
        if (slash >= 0 && ConditionKeyTable.Find(name.AsSpan(0, slash), hasParameter: true) is { } tagged)
        {
            return slash == name.Length - 1 ? null : new ConditionKey(name, tagged, name[(slash + 1)..]);
        }

        return new ConditionKey(name, ConditionKeyTable.Find(name, hasParameter: false) ?? ConditionKeyId.Other, null);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
