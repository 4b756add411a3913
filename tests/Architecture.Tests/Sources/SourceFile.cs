using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace S3Cassandra.Architecture.Tests.Sources;

/// <summary>One C# source, by its path from the root of the repository (with '/'), parsed.</summary>
internal sealed class SourceFile
{
    private SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Root = CSharpSyntaxTree.ParseText(text, path: path).GetCompilationUnitRoot();
        Namespace = Root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";
    }

    public string Path { get; }

    public string Text { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>The namespace that the file declares; empty for top-level statements.</summary>
    public string Namespace { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The first two segments of the path, such as <c>src/Storage</c>.</summary>
    public string Project => string.Join('/', Path.Split('/').Take(2));

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public int Lines => Text.AsSpan().Count('\n') + (Text.EndsWith('\n') ? 0 : 1);

    public static SourceFile Parse(string path, string text) => new(path, text);

    /// <summary>The place of a piece of the syntax, as compilers print it.</summary>
    public string At(Microsoft.CodeAnalysis.Text.TextSpan span) =>
        $"{Path}:{Root.SyntaxTree.GetLineSpan(span).StartLinePosition.Line + 1}";
}
