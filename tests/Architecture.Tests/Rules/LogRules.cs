using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests.Rules;

/// <summary>Logs are source-generated, and each has an event id of its own.</summary>
internal static class LogRules
{
    private static readonly string[] DirectCalls =
        ["LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical"];

    public static IEnumerable<string> Check(IReadOnlyCollection<SourceFile> sources)
    {
        var constants = Constants(sources);
        var seen = new Dictionary<int, string>();
        foreach (var source in sources)
        {
            foreach (var call in source.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
            {
                if (call.Parent is InvocationExpressionSyntax && DirectCalls.Contains(call.Name.Identifier.ValueText))
                {
                    yield return $"{source.At(call.Name.Span)}: a log that is not source-generated";
                }
            }

            foreach (var attribute in source.Root.DescendantNodes().OfType<AttributeSyntax>().Where(IsLoggerMessage))
            {
                var at = source.At(attribute.Span);
                if (EventId(attribute, constants) is not { } id)
                {
                    yield return $"{at}: a log without an event id";
                }
                else if (!seen.TryAdd(id, at))
                {
                    yield return $"{at}: event id {id} is already that of {seen[id]}";
                }
            }
        }
    }

    private static bool IsLoggerMessage(AttributeSyntax attribute) => attribute.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute";

    private static int? EventId(AttributeSyntax attribute, Dictionary<string, int> constants)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        var argument = arguments.FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == "EventId")
            ?? arguments.FirstOrDefault(candidate => candidate.NameColon?.Name.Identifier.ValueText == "eventId")
            ?? arguments.FirstOrDefault(candidate => candidate.NameEquals is null && candidate.NameColon is null);
        return argument is null ? null : Value(argument.Expression, constants);
    }

    /// <summary>A literal, a constant by its name, or a sum of both.</summary>
    private static int? Value(ExpressionSyntax expression, Dictionary<string, int> constants) => expression switch
    {
        LiteralExpressionSyntax literal when int.TryParse(literal.Token.ValueText, CultureInfo.InvariantCulture, out var value) => value,
        BinaryExpressionSyntax { OperatorToken.ValueText: "+" } sum => Value(sum.Left, constants) + Value(sum.Right, constants),
        MemberAccessExpressionSyntax or IdentifierNameSyntax when constants.TryGetValue(expression.ToString().Split('.')[^1], out var value) => value,
        _ => null,
    };

    private static Dictionary<string, int> Constants(IReadOnlyCollection<SourceFile> sources)
    {
        var constants = new Dictionary<string, int>(StringComparer.Ordinal);
        var declared = sources
            .SelectMany(source => source.Root.DescendantNodes().OfType<FieldDeclarationSyntax>())
            .Where(field => field.Modifiers.Any(modifier => modifier.ValueText == "const"))
            .SelectMany(field => field.Declaration.Variables);
        foreach (var variable in declared)
        {
            if (variable.Initializer is { Value: { } value } && Value(value, constants) is { } number)
            {
                constants[variable.Identifier.ValueText] = number;
            }
        }

        return constants;
    }
}
