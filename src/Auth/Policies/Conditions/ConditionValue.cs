using System.Globalization;
using System.Net;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>One value of a condition key, held as the server has it so that comparing it makes no string.</summary>
public readonly struct ConditionValue
{
    private readonly object? _reference;
    private readonly long _number;

    private ConditionValue(ConditionValueKind kind, object? reference, long number)
    {
        Kind = kind;
        _reference = reference;
        _number = number;
    }

    /// <summary>How it is held.</summary>
    public ConditionValueKind Kind { get; }

    /// <summary>The address, where it is one.</summary>
    internal IPAddress? Address => _reference as IPAddress;

    /// <summary>The text, where it is one.</summary>
    internal string? Text => _reference as string;

    /// <summary>The number; a flag's 0 or 1; an instant's ticks (UTC).</summary>
    internal long Number => _number;

    public static ConditionValue Of(string text) => new(ConditionValueKind.Text, text, 0);

    public static ConditionValue Of(long number) => new(ConditionValueKind.Number, null, number);

    public static ConditionValue Of(bool flag) => new(ConditionValueKind.Flag, null, flag ? 1 : 0);

    public static ConditionValue Of(DateTimeOffset instant) => new(ConditionValueKind.Instant, null, instant.UtcTicks);

    /// <summary>An address; one of IPv4 within IPv6 counts as IPv4.</summary>
    public static ConditionValue Of(IPAddress address) =>
        new(ConditionValueKind.Address, address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, 0);

    /// <summary>The value as a policy would write it.</summary>
    public string ToText() => Kind switch
    {
        ConditionValueKind.Text => Text ?? "",
        ConditionValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        ConditionValueKind.Flag => _number != 0 ? "true" : "false",
        ConditionValueKind.Address => Address!.ToString(),
        _ => new DateTime(_number, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };
}
