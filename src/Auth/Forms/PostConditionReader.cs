using System.Globalization;
using System.Text.Json;

namespace S3Cassandra.Auth.Forms;

/// <summary>Reads one condition of a POST policy, in either of its forms.</summary>
internal static class PostConditionReader
{
    private const string InvalidJson = "Invalid JSON.";
    private const string SimpleCondition = "Invalid Simple-Condition: ";

    /// <exception cref="MalformedPostPolicyException">It is none.</exception>
    public static PostCondition Read(JsonElement condition) => condition.ValueKind switch
    {
        JsonValueKind.Object => ReadSimple(condition),
        JsonValueKind.Array => ReadList([.. condition.EnumerateArray()], condition.GetRawText()),
        _ => throw new MalformedPostPolicyException("Invalid condition test: must be a List or Object."),
    };

    private static PostCondition ReadSimple(JsonElement condition)
    {
        if (condition.EnumerateObject().Count() != 1)
        {
            throw new MalformedPostPolicyException(SimpleCondition + "Simple-Conditions must have exactly one property specified.");
        }

        var property = condition.EnumerateObject().Single();
        return property.Value.ValueKind switch
        {
            JsonValueKind.String => Simple("$" + property.Name, property.Value.GetString()!),
            JsonValueKind.Null => throw new MalformedPostPolicyException(InvalidJson),
            _ => throw new MalformedPostPolicyException(SimpleCondition + "value must be a string."),
        };
    }

    private static PostCondition ReadList(JsonElement[] items, string text)
    {
        if (items.Length == 0)
        {
            throw new MalformedPostPolicyException("Invalid Condition: missing operation identifier.");
        }

        var operation = Text(items[0]);
        var kind = operation.ToLowerInvariant() switch
        {
            "eq" => PostConditionKind.Equal,
            "starts-with" => PostConditionKind.StartsWith,
            "content-length-range" => PostConditionKind.ContentLengthRange,
            _ => throw new MalformedPostPolicyException($"Invalid Condition: unknown operation '{operation}'."),
        };
        if (items.Length != 3)
        {
            throw new MalformedPostPolicyException($"Invalid {operation}: wrong number of arguments.");
        }

        return kind == PostConditionKind.ContentLengthRange
            ? new PostCondition(kind, "", "", new FileLengthRange(Bound(items[1]), Bound(items[2])), text)
            : Compare(kind, Text(items[1]), Text(items[2]), text);
    }

    /// <summary>The short form, shown as the long one.</summary>
    private static PostCondition Simple(string field, string value) =>
        Compare(PostConditionKind.Equal, field, value, $"[\"eq\", {Quoted(field)}, {Quoted(value)}]");

    private static PostCondition Compare(PostConditionKind kind, string field, string value, string text) => field.StartsWith('$')
        ? new PostCondition(kind, field[1..], value, FileLengthRange.Any, text)
        : new PostCondition(PostConditionKind.Unsatisfiable, "", value, FileLengthRange.Any, text);

    /// <summary>A bound, as a number or as text.</summary>
    private static long Bound(JsonElement bound) => bound.ValueKind switch
    {
        JsonValueKind.Number when bound.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(bound.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new MalformedPostPolicyException(InvalidJson),
    };

    private static string Text(JsonElement item) =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new MalformedPostPolicyException(InvalidJson);

    private static string Quoted(string text) => string.Concat(
        "\"", text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal), "\"");
}
