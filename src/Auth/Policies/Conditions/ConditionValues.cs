using System.Net;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>All values that a request has of a condition key; <c>default</c> when it has none.</summary>
public readonly struct ConditionValues
{
    private readonly ConditionValue _one;
    private readonly IReadOnlyList<string>? _many;

    private ConditionValues(ConditionValue one)
    {
        _one = one;
        Count = 1;
    }

    private ConditionValues(IReadOnlyList<string> many)
    {
        _many = many;
        Count = many.Count;
    }

    /// <summary>How many there are; 0: the request has not got the key.</summary>
    public int Count { get; }

    /// <summary>One of them.</summary>
    public ConditionValue this[int index] => _many is null ? _one : ConditionValue.Of(_many[index]);

    public static implicit operator ConditionValues(ConditionValue value) => new(value);

    /// <summary>A single text; no value where it is null.</summary>
    public static ConditionValues Of(string? text) => text is null ? default : new(ConditionValue.Of(text));

    /// <summary>A number; no value where it is null.</summary>
    public static ConditionValues Of(long? number) => number is { } value ? new(ConditionValue.Of(value)) : default;

    public static ConditionValues Of(bool flag) => new(ConditionValue.Of(flag));

    public static ConditionValues Of(DateTimeOffset instant) => new(ConditionValue.Of(instant));

    /// <summary>An address; no value where it is null.</summary>
    public static ConditionValues Of(IPAddress? address) => address is null ? default : new(ConditionValue.Of(address));

    /// <summary>The values of a key that has several; the list must not change.</summary>
    public static ConditionValues OfAll(IReadOnlyList<string> texts) => new(texts);
}
