using System.Text.Json;

namespace S3Cassandra.Auth.WebIdentities;

/// <summary>Reads the JSON of tokens and key sets: bounded, and strict where readers could differ in what they see.</summary>
internal static class JwtJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>The object; null where it is none, is nested deeply, or names something twice.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            var document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // It is none.
        }

        return null;
    }

    /// <summary>A member that is a string; null where it is none, or no well-formed text.</summary>
    public static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
