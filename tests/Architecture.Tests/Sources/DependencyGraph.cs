using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace S3Cassandra.Architecture.Tests.Sources;

/// <summary>
/// Which namespaces of ours each file uses: its usings, its qualified names, and the types of enclosing namespaces that it names.
/// </summary>
internal sealed class DependencyGraph
{
    private const string Ours = "S3Cassandra";

    private readonly ILookup<string, string> _namespacesOfType;
    private readonly HashSet<string> _namespaces;

    public DependencyGraph(IEnumerable<SourceFile> sources)
    {
        Sources = [.. sources];
        _namespaces = [.. Sources.Select(source => source.Namespace)];
        _namespacesOfType = Sources
            .SelectMany(source => TypesOf(source), (source, type) => (type, source.Namespace))
            .ToLookup(pair => pair.type, pair => pair.Namespace);
    }

    public IReadOnlyList<SourceFile> Sources { get; }

    /// <summary>The namespaces of this repository that <paramref name="source"/> uses, its own left out.</summary>
    public IReadOnlySet<string> Uses(SourceFile source)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in QualifiedNames(source))
        {
            if (Known(name) is { } known)
            {
                used.Add(known);
            }
        }

        var enclosing = Enclosing(source.Namespace);
        foreach (var name in source.Root.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var declaring = _namespacesOfType[name.Identifier.ValueText].ToList();
            if (name.Parent is not MemberAccessExpressionSyntax { Name: var member } || member != name)
            {
                used.UnionWith(declaring.Contains(source.Namespace) ? [] : declaring.Where(enclosing.Contains));
            }
        }

        used.Remove(source.Namespace);
        return used;
    }

    /// <summary>The top folders of each product project that depend on each other in a circle, as "A → B → A".</summary>
    public IEnumerable<string> Cycles()
    {
        var edges = Sources
            .SelectMany(source => Uses(source), (source, used) => (From: Folder(source.Namespace), To: Folder(used)))
            .Where(edge => edge.From != edge.To)
            .ToLookup(edge => edge.From, edge => edge.To);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in edges.Select(group => group.Key).Order(StringComparer.Ordinal))
        {
            if (PathBetween(edges, start, start) is { } path && found.Add(string.Join(' ', path.Skip(1).Order(StringComparer.Ordinal))))
            {
                yield return string.Join(" → ", path);
            }
        }
    }

    /// <summary>A project's top folder: <c>S3Cassandra.Storage.Index.Paging</c> belongs to <c>Storage.Index</c>.</summary>
    public static string Folder(string name) => string.Join('.', name.Split('.').Skip(1).Take(name.StartsWith("S3Cassandra.Storage.Cassandra", StringComparison.Ordinal) ? 3 : 2));

    private static List<string>? PathBetween(ILookup<string, string> edges, string start, string end)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var folder))
        {
            foreach (var next in edges[folder].Where(next => cameFrom.TryAdd(next, folder)))
            {
                if (next == end)
                {
                    List<string> path = [end];
                    for (var step = folder; step != start; step = cameFrom[step])
                    {
                        path.Insert(0, step);
                    }

                    path.Insert(0, start);
                    return path;
                }

                queue.Enqueue(next);
            }
        }

        return null;
    }

    private static IEnumerable<string> TypesOf(SourceFile source) => source.Root.DescendantNodes()
        .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && node.Parent is BaseNamespaceDeclarationSyntax)
        .Select(node => node is DelegateDeclarationSyntax @delegate ? @delegate.Identifier.ValueText : ((BaseTypeDeclarationSyntax)node).Identifier.ValueText);

    private static HashSet<string> Enclosing(string name)
    {
        var parents = new HashSet<string>(StringComparer.Ordinal);
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            parents.Add(name[..dot]);
        }

        return parents;
    }

    private static IEnumerable<string> QualifiedNames(SourceFile source) => source.Root.DescendantNodes()
        .Where(node => node is QualifiedNameSyntax { Parent: not (QualifiedNameSyntax or BaseNamespaceDeclarationSyntax) }
            or MemberAccessExpressionSyntax { Parent: not MemberAccessExpressionSyntax })
        .Select(node => node.ToString());

    /// <summary>The longest namespace of ours that the qualified name begins with.</summary>
    private string? Known(string qualified)
    {
        var name = qualified.StartsWith("global::", StringComparison.Ordinal) ? qualified["global::".Length..] : qualified;
        if (!name.StartsWith(Ours + ".", StringComparison.Ordinal))
        {
            return null;
        }

        while (name.Length > 0 && !_namespaces.Contains(name))
        {
            name = name.LastIndexOf('.') is var dot && dot > 0 ? name[..dot] : "";
        }

        return name.Length > 0 ? name : null;
    }
}
