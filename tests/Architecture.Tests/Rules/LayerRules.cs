using Microsoft.CodeAnalysis.CSharp.Syntax;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests.Rules;

/// <summary>Which namespaces may use which, and which foreign ones a layer may use.</summary>
internal static class LayerRules
{
    /// <summary>The seams: what S3's semantics and the stores both know.</summary>
    private static readonly string[] Seams =
        ["Storage", "Storage.Identifiers", "Storage.Index", "Storage.Blobs", "Storage.Catalog"];

    /// <summary>The server's folders from the edge inwards: a file may use its own layer and those after it. Http is what a request is, not its way.</summary>
    private static readonly string[][] ServerLayers =
    [
        ["S3Server"],
        ["S3Server.Hosting"],
        ["S3Server.Pipeline"],
        ["S3Server.Routing"],
        ["S3Server.Operations"],
        ["S3Server.Identities"],
        ["S3Server.Xml"],
        ["S3Server.Http"],
        ["S3Server.Errors", "S3Server.Configuration", "S3Server.Telemetry"],
    ];

    /// <summary>The Cassandra client's folders, highest first: a file may use its own layer and those after it.</summary>
    private static readonly string[][] CqlLayers =
    [
        ["Cql.Sessions"],
        ["Cql.Cluster"],
        ["Cql.Connections", "Cql.Statements"],
        ["Cql.Protocol"],
        ["Cql.Buffers", "Cql.Telemetry"],
        ["Cql"],
    ];

    /// <summary>The Cassandra store's folders, highest first: the protocols know the tables, the statements know how they are asked in CQL.</summary>
    private static readonly string[][] CassandraLayers =
    [
        ["Storage.Cassandra"],
        ["Storage.Cassandra.Servers"],
        ["Storage.Cassandra.Index", "Storage.Cassandra.Blobs", "Storage.Cassandra.Catalog"],
        ["Storage.Cassandra.Sharding"],
        ["Storage.Cassandra.Statements", "Storage.Cassandra.Parts", "Storage.Cassandra.Suspects", "Storage.Cassandra.Schema"],
        ["Storage.Cassandra.Tables"],
        ["Storage.Cassandra.Settings"],
    ];

    /// <summary>Namespaces of others, by the only product folders that may use them.</summary>
    private static readonly (string Foreign, string[] Allowed)[] Foreign =
    [
        ("SQLitePCL", ["Storage.Embedded"]),
        ("Microsoft.AspNetCore", ["S3Server"]),
        ("System.Net.Sockets", ["S3Server", "Cql"]),
        ("System.Net.Http", ["S3Server"]),
        ("System.IO.Hashing", ["Storage", "S3Server", "Cql"]),
        ("Microsoft.Win32.SafeHandles", ["Storage.Embedded", "S3Server"]),
    ];

    public static IEnumerable<string> Check(DependencyGraph graph)
    {
        foreach (var source in graph.Sources.Where(source => source.IsProduct))
        {
            var from = DependencyGraph.Folder(source.Namespace.Length > 0 ? source.Namespace : $"S3Cassandra.{source.Project[4..]}");
            foreach (var used in graph.Uses(source).Select(DependencyGraph.Folder).Distinct().Where(used => used != from))
            {
                if (Refusal(from, used) is { } refusal)
                {
                    yield return $"{source.Path}: {from} may not use {used}: {refusal}";
                }
            }

            foreach (var directive in source.Root.DescendantNodes().OfType<UsingDirectiveSyntax>())
            {
                if (ForeignRefusal(from, directive) is { } refusal)
                {
                    yield return $"{source.At(directive.Span)}: {refusal}";
                }
            }
        }
    }

    private static string? Refusal(string from, string used) => (Top(from), Top(used)) switch
    {
        ("Auth", not "Auth") => "Auth knows nobody",
        ("Storage", "Cql") when IsCassandra(from) => null,
        ("Storage", not "Storage") => "Storage knows nobody but, in its Cassandra folder, the Cassandra client",
        ("Cql", not "Cql") => "the Cassandra client knows nobody",
        ("Cql", "Cql") => LayerRefusal(CqlLayers, from, used),
        ("S3Server", "S3Server") => LayerRefusal(ServerLayers, from, used),
        ("S3Server", "Storage") when from == "S3Server.Configuration" && used == "Storage.Cassandra.Settings" => null,
        ("S3Server", "Storage") when (used == "Storage.Embedded" || IsCassandra(used)) && from is not ("S3Server" or "S3Server.Hosting") =>
            "only the program puts the store together",
        ("Storage", "Storage") when Seams.Contains(from) && !Seams.Contains(used) => "the seams know only each other",
        ("Storage", "Storage") when IsCassandra(from) && IsCassandra(used) => LayerRefusal(CassandraLayers, from, used),
        ("Storage", "Storage") when (from == "Storage.Embedded" || IsCassandra(from)) && !Seams.Contains(used) => "a store holds no rule of S3",
        ("Storage", "Storage") when used == "Storage.Embedded" || IsCassandra(used) => "S3's semantics know the seams, not the store behind them",
        _ => null,
    };

    private static bool IsCassandra(string folder) =>
        folder == "Storage.Cassandra" || folder.StartsWith("Storage.Cassandra.", StringComparison.Ordinal);

    private static string? LayerRefusal(string[][] layers, string from, string used)
    {
        var (outer, inner) = (LayerOf(layers, from), LayerOf(layers, used));
        if (outer < 0 || inner < 0)
        {
            return $"{(outer < 0 ? from : used)} has no layer in LayerRules";
        }

        return outer > inner ? "layers know only what is below them" : null;
    }

    private static string? ForeignRefusal(string from, UsingDirectiveSyntax directive)
    {
        var name = directive.NamespaceOrType.ToString();
        foreach (var (foreign, allowed) in Foreign)
        {
            var isForeign = name == foreign || name.StartsWith(foreign + ".", StringComparison.Ordinal);
            if (isForeign && !allowed.Any(folder => from == folder || from.StartsWith(folder + ".", StringComparison.Ordinal)))
            {
                return $"{from} may not use {foreign}";
            }
        }

        return null;
    }

    private static int LayerOf(string[][] layers, string folder) => Array.FindIndex(layers, layer => layer.Contains(folder));

    private static string Top(string folder) => folder.Split('.')[0];
}
