using System.Globalization;
using System.Text.Json;
using S3Cassandra.Auth.Failures;

namespace S3Cassandra.Auth.Forms;

/// <summary>Reads POST policies. Their size is bounded by that of the form.</summary>
internal static class PostPolicyReader
{
    private const string InvalidJson = "Invalid JSON.";

    private static readonly JsonDocumentOptions Json = new() { AllowTrailingCommas = true, MaxDepth = 8 };

    private static readonly string[] DateFormats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static AuthFailure? Read(string base64, out PostPolicy? policy)
    {
        policy = null;
        try
        {
            policy = Read(Decode(base64));
            return null;
        }
        catch (MalformedPostPolicyException malformed)
        {
            return PostPolicyFailures.Malformed(malformed.Message);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second: a string that is no text, such as half a surrogate pair.
            return PostPolicyFailures.Malformed(InvalidJson);
        }
    }

    private static byte[] Decode(string base64)
    {
        var json = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, json, out var length)
            ? PostPolicyEscapes.ToJson(json.AsSpan(0, length))
            : throw new MalformedPostPolicyException("invalid Base64 encoding.");
    }

    private static PostPolicy Read(byte[] json)
    {
        if (json.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new MalformedPostPolicyException("Expecting '{' but found End-of-Input");
        }

        using var document = JsonDocument.Parse(json, Json);
        var (expiration, conditions) = Members(document.RootElement);
        if (expiration.ValueKind == JsonValueKind.Undefined)
        {
            throw new MalformedPostPolicyException("Policy missing expiration.");
        }

        var date = Date(expiration);
        if (conditions.ValueKind == JsonValueKind.Undefined)
        {
            throw new MalformedPostPolicyException("Policy missing conditions.");
        }

        return conditions.ValueKind == JsonValueKind.Array
            ? new PostPolicy(date, [.. conditions.EnumerateArray().Select(PostConditionReader.Read)])
            : throw new MalformedPostPolicyException("Invalid 'conditions' value: must be a List.");
    }

    private static (JsonElement Expiration, JsonElement Conditions) Members(JsonElement root)
    {
        JsonElement expiration = default, conditions = default;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedPostPolicyException(InvalidJson);
        }

        foreach (var member in root.EnumerateObject())
        {
            var name = member.Name.ToLowerInvariant();
            ref var place = ref expiration;
            switch (name)
            {
                case "expiration":
                    break;
                case "conditions":
                    place = ref conditions;
                    break;
                default:
                    throw new MalformedPostPolicyException($"Unexpected: \"{name}\"");
            }

            place = place.ValueKind == JsonValueKind.Undefined ? member.Value : throw new MalformedPostPolicyException(InvalidJson);
        }

        return (expiration, conditions);
    }

    private static DateTimeOffset Date(JsonElement expiration)
    {
        var text = expiration.ValueKind == JsonValueKind.String
            ? expiration.GetString()!
            : throw new MalformedPostPolicyException(InvalidJson);
        return DateTimeOffset.TryParseExact(
            text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
                ? date
                : throw new MalformedPostPolicyException($"Invalid 'expiration' value: '{text}'");
    }
}
