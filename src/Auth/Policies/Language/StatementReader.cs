using System.Text.Json;

namespace S3Cassandra.Auth.Policies.Language;

/// <summary>Reads a statement's JSON.</summary>
internal static class StatementReader
{
    /// <exception cref="MalformedPolicyException">It is no statement.</exception>
    public static StatementDraft Read(ref Utf8JsonReader reader)
    {
        var draft = new StatementDraft();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (PolicyReader.NextField(ref reader, seen) is { } field)
        {
            switch (field)
            {
                case "Sid":
                    draft.Sid = PolicyReader.Text(ref reader);
                    break;
                case "Effect":
                    draft.Effect = PolicyReader.Text(ref reader);
                    break;
                case "Principal" or "NotPrincipal":
                    RefuseSecond(draft.Principals);
                    draft.Principals = ReadPrincipals(ref reader, draft);
                    draft.IsNotPrincipal = field == "NotPrincipal";
                    break;
                case "Action" or "NotAction":
                    RefuseSecond(draft.Actions);
                    draft.Actions = PolicyReader.Texts(ref reader, of: "Action");
                    draft.IsNotAction = field == "NotAction";
                    break;
                case "Resource" or "NotResource":
                    RefuseSecond(draft.Resources);
                    draft.Resources = PolicyReader.Texts(ref reader, of: "Resource");
                    draft.IsNotResource = field == "NotResource";
                    break;
                case "Condition":
                    ReadConditions(ref reader, draft);
                    break;
                default:
                    throw new MalformedPolicyException(PolicyFault.UnknownField, field);
            }
        }

        return seen.Count > 0 ? draft : throw new MalformedPolicyException(PolicyFault.EmptyStatement);
    }

    /// <summary>Action beside NotAction, and the like.</summary>
    private static void RefuseSecond(object? first)
    {
        if (first is not null)
        {
            throw new MalformedPolicyException(PolicyFault.Syntax);
        }
    }

    private static List<(string Type, string Value)> ReadPrincipals(ref Utf8JsonReader reader, StatementDraft draft)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var only = PolicyReader.Text(ref reader);
            draft.BarePrincipals = only == "*" ? null : new MalformedPolicyException(PolicyFault.InvalidPrincipal, $"\"{only}\"");
            return [("AWS", only)];
        }

        if (reader.TokenType == JsonTokenType.StartArray)
        {
            draft.BarePrincipals = new MalformedPolicyException(PolicyFault.Syntax);
            return [.. PolicyReader.Texts(ref reader, of: "Principal").Select(value => ("AWS", value))];
        }

        PolicyReader.Expect(ref reader, JsonTokenType.StartObject);
        var principals = new List<(string Type, string Value)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (PolicyReader.NextField(ref reader, seen) is { } type)
        {
            foreach (var value in PolicyReader.Texts(ref reader, of: "Principal"))
            {
                principals.Add((type, value));
            }
        }

        return principals.Count > 0 ? principals : throw new MalformedPolicyException(PolicyFault.InvalidPrincipal);
    }

    private static void ReadConditions(ref Utf8JsonReader reader, StatementDraft draft)
    {
        PolicyReader.Expect(ref reader, JsonTokenType.StartObject);
        var operators = new HashSet<string>(StringComparer.Ordinal);
        while (PolicyReader.NextField(ref reader, operators) is { } name)
        {
            PolicyReader.Expect(ref reader, JsonTokenType.StartObject);
            var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            while (PolicyReader.NextField(ref reader, keys) is { } key)
            {
                draft.Conditions.Add((name, key, PolicyReader.Texts(ref reader, allowScalars: true)));
            }
        }
    }
}
