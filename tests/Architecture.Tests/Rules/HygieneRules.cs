using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests.Rules;

/// <summary>No regions, nothing left to do, no commented-out code, no licence headers.</summary>
internal static partial class HygieneRules
{
    public static IEnumerable<string> Check(SourceFile source)
    {
        foreach (var trivia in source.Root.DescendantTrivia(descendIntoTrivia: true))
        {
            if (Fault(trivia) is { } fault)
            {
                yield return $"{source.At(trivia.Span)}: {fault}";
            }
        }

        foreach (var token in source.Root.DescendantTokens().Where(token => token.ValueText == nameof(NotImplementedException)))
        {
            if (token.Parent?.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.ObjectCreationExpressionSyntax)
            {
                yield return $"{source.At(token.Span)}: something is not implemented";
            }
        }
    }

    private static string? Fault(SyntaxTrivia trivia)
    {
        if (trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
        {
            return "a region";
        }

        if (!trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && !trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            && !trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
        {
            return null;
        }

        var text = trivia.ToString();
        return Unfinished().IsMatch(text) ? "something left to do"
            : Licence().IsMatch(text) ? "a licence header"
            : trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && Code().IsMatch(text) ? "commented-out code"
            : null;
    }

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"Copyright \(c\)|Licensed (under|to)|SPDX-License-Identifier", RegexOptions.IgnoreCase)]
    private static partial Regex Licence();

    [GeneratedRegex(@"^//\s*([\w.]+\(.*\);|(var|return|await|if|foreach|using|throw)\b.*[;{]|\w[\w.<>\[\]]* \w+ = .*;|[{}])\s*$")]
    private static partial Regex Code();
}
