using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests.Rules;

/// <summary>The budgets: lines of a file, lines of a method.</summary>
internal static class SizeRules
{
    public const int SourceLines = 400;
    public const int TestLines = 600;
    public const int MethodLines = 60;

    public static IEnumerable<string> Check(SourceFile source)
    {
        var budget = source.IsProduct ? SourceLines : TestLines;
        if (source.Lines > budget)
        {
            yield return $"{source.Path}: {source.Lines} lines, at most {budget}";
        }

        foreach (var method in source.Root.DescendantNodes().Where(IsMethod))
        {
            var lines = LinesOf(method);
            if (lines > MethodLines)
            {
                yield return $"{source.At(method.Span)}: a method of {lines} lines, at most {MethodLines}";
            }
        }

        var statements = source.Root.Members.OfType<GlobalStatementSyntax>().Sum(LinesOf);
        if (statements > MethodLines)
        {
            yield return $"{source.Path}: top-level statements of {statements} lines, at most {MethodLines}";
        }
    }

    private static bool IsMethod(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax;

    private static int LinesOf(SyntaxNode node)
    {
        var lines = node.SyntaxTree.GetLineSpan(node.Span);
        return lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1;
    }
}
