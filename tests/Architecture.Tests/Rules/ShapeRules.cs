using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests.Rules;

/// <summary>One type a file, named as the file and its folder; no partial types; no names that name nothing.</summary>
internal static partial class ShapeRules
{
    /// <summary>Members and types whose other half a source generator of the SDK writes.</summary>
    private static readonly string[] Generated = ["LoggerMessage", "GeneratedRegex", "LibraryImport", "JsonSerializable"];

    public static IEnumerable<string> Check(SourceFile source)
    {
        var types = source.Root.DescendantNodes()
            .OfType<MemberDeclarationSyntax>()
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Where(member => member.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
            .ToList();
        if (types.Count > 1)
        {
            yield return $"{source.Path}: {types.Count} types in one file ({string.Join(", ", types.Select(NameOf))})";
        }
        else if (types.Count == 1 && NameOf(types[0]) != source.Name)
        {
            yield return $"{source.Path}: holds the type {NameOf(types[0])}";
        }

        if (types.Count > 0 && source.Namespace != ExpectedNamespace(source.Path))
        {
            yield return $"{source.Path}: namespace {source.Namespace}, its folder says {ExpectedNamespace(source.Path)}";
        }

        if (EmptyName().IsMatch(source.Name))
        {
            yield return $"{source.Path}: a name that names nothing";
        }

        foreach (var type in source.Root.DescendantNodes().OfType<TypeDeclarationSyntax>())
        {
            if (type.Modifiers.Any(SyntaxKind.PartialKeyword) && !HasGeneratedHalf(type))
            {
                yield return $"{source.At(type.Identifier.Span)}: the partial type {type.Identifier.ValueText} has no generated half";
            }
        }
    }

    private static string NameOf(MemberDeclarationSyntax member) =>
        member is DelegateDeclarationSyntax named ? named.Identifier.ValueText : ((BaseTypeDeclarationSyntax)member).Identifier.ValueText;

    private static string ExpectedNamespace(string path) => "S3Cassandra." + string.Join('.', path.Split('/')[1..^1]);

    private static bool HasGeneratedHalf(TypeDeclarationSyntax type) => type.DescendantNodes()
        .OfType<AttributeSyntax>()
        .Any(attribute => Generated.Contains(attribute.Name.ToString()));

    [GeneratedRegex("(Utils?|Utility|Utilities|Helpers?|Common(?!Prefix)|Managers?|Misc)(?![a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyName();
}
