using System.Text;
using System.Text.Json;

namespace S3Cassandra.Auth.Policies.Language;

/// <summary>Reads a policy's JSON into drafts: elements in any order, each once, unknown ones refused.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"/>
internal static class PolicyReader
{
    /// <exception cref="MalformedPolicyException">It is no policy.</exception>
    public static PolicyDraft Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > PolicyLimits.MaxBytes)
        {
            throw new MalformedPolicyException(PolicyFault.TooLarge);
        }

        if (utf8.IsEmpty || utf8[0] != '{')
        {
            throw new MalformedPolicyException(PolicyFault.NotAnObject);
        }

        try
        {
            // The whole is looked at first: what is no JSON is that before it is a wrong policy.
            var scan = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = PolicyLimits.MaxDepth });
            while (scan.Read())
            {
            }

            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = PolicyLimits.MaxDepth });
            reader.Read();
            return ReadDocument(ref reader);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new MalformedPolicyException(PolicyFault.NotJson);
        }
    }

    private static PolicyDraft ReadDocument(ref Utf8JsonReader reader)
    {
        var draft = new PolicyDraft();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextField(ref reader, seen) is { } field)
        {
            switch (field)
            {
                case "Version":
                    draft.Version = Text(ref reader);
                    break;
                case "Id":
                    draft.Id = Text(ref reader);
                    break;
                case "Statement":
                    draft.Statements = ReadStatements(ref reader);
                    break;
                default:
                    throw new MalformedPolicyException(PolicyFault.UnknownField, field);
            }
        }

        return draft;
    }

    private static List<StatementDraft> ReadStatements(ref Utf8JsonReader reader)
    {
        var statements = new List<StatementDraft>();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            statements.Add(StatementReader.Read(ref reader));
            return statements;
        }

        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref reader, JsonTokenType.StartObject);
            statements.Add(StatementReader.Read(ref reader));
            if (statements.Count > PolicyLimits.MaxStatements)
            {
                throw new MalformedPolicyException(PolicyFault.TooLarge);
            }
        }

        return statements;
    }

    /// <summary>The next property of an object, the reader on its value; null at the object's end.</summary>
    internal static string? NextField(ref Utf8JsonReader reader, HashSet<string> seen)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var name = reader.GetString()!;
        reader.Read();
        return seen.Add(name) ? name : throw new MalformedPolicyException(PolicyFault.DuplicateField, name);
    }

    /// <summary>A string.</summary>
    internal static string Text(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return Limited(reader.GetString()!);
    }

    /// <summary>A string, or an array of at least one; <paramref name="of"/> names the element that they are of.</summary>
    internal static List<string> Texts(ref Utf8JsonReader reader, bool allowScalars = false, string of = "")
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [allowScalars ? Scalar(ref reader) : Text(ref reader)];
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(allowScalars ? Scalar(ref reader) : Text(ref reader));
            if (texts.Count > PolicyLimits.MaxValues)
            {
                throw new MalformedPolicyException(PolicyFault.TooLarge);
            }
        }

        return texts.Count > 0 ? texts : throw new MalformedPolicyException(PolicyFault.EmptyArray, of);
    }

    internal static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new MalformedPolicyException(PolicyFault.Syntax);
        }
    }

    /// <summary>A condition's value: numbers and booleans may stand without quotes.</summary>
    private static string Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => Limited(Encoding.ASCII.GetString(reader.ValueSpan)),
        _ => Text(ref reader),
    };

    private static string Limited(string text) =>
        text.Length <= PolicyLimits.MaxValueLength ? text : throw new MalformedPolicyException(PolicyFault.TooLarge);
}
