using S3Cassandra.Architecture.Tests.Rules;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests;

public class LayerTests
{
    private static readonly DependencyGraph Product = new(Repository.Sources.Where(source => source.IsProduct));

    [Fact]
    public void Layers_know_only_what_is_below_them() => Findings.None(LayerRules.Check(Product));

    [Fact]
    public void No_folders_depend_on_each_other_in_a_circle() => Findings.None(Product.Cycles());

    [Theory]
    [InlineData("src/Storage/Embedded/A.cs", "using S3Cassandra.Storage.Objects;", "a store holds no rule of S3")]
    [InlineData("src/Storage/Objects/A.cs", "using S3Cassandra.Storage.Embedded;", "not the store behind them")]
    [InlineData("src/Storage/Objects/A.cs", "using SQLitePCL;", "may not use SQLitePCL")]
    [InlineData("src/Storage/Index/A.cs", "using S3Cassandra.Storage.Objects;", "the seams know only each other")]
    [InlineData("src/Storage/A.cs", "using Microsoft.AspNetCore.Http;", "may not use Microsoft.AspNetCore")]
    [InlineData("src/Auth/SigV4/A.cs", "using S3Cassandra.Storage.Catalog;", "Auth knows nobody")]
    [InlineData("src/Auth/SigV4/A.cs", "using System.Net.Sockets;", "may not use System.Net.Sockets")]
    [InlineData("src/Cql/Protocol/A.cs", "using S3Cassandra.Cql.Connections;", "only what is below them")]
    [InlineData("src/Cql/Protocol/A.cs", "using S3Cassandra.Storage.Catalog;", "the Cassandra client knows nobody")]
    [InlineData("src/S3Server/Operations/Object/A.cs", "using S3Cassandra.S3Server.Routing;", "only what is below them")]
    [InlineData("src/S3Server/Operations/Object/A.cs", "using S3Cassandra.Storage.Embedded;", "only the program")]
    [InlineData("src/S3Server/Errors/A.cs", "using S3Cassandra.S3Server.Operations.Object;", "only what is below them")]
    [InlineData("src/S3Server/Unheard/A.cs", "using S3Cassandra.S3Server.Errors;", "has no layer")]
    public void A_file_that_reaches_across_layers_is_found(string path, string directive, string expected)
    {
        SourceFile[] sources =
        [
            Sample(path, directive),
            .. Product.Sources.Select(source => source.Namespace).Append("S3Cassandra.Storage.Objects").Append("S3Cassandra.Storage.Embedded")
                .Append("S3Cassandra.S3Server.Routing").Append("S3Cassandra.S3Server.Operations.Object").Append("S3Cassandra.S3Server.Errors")
                .Append("S3Cassandra.Cql.Connections")
                .Distinct().Where(name => name.Length > 0).Select(Empty),
        ];
        Findings.One(expected, LayerRules.Check(new DependencyGraph(sources)));
    }

    [Fact]
    public void A_type_named_without_a_using_is_seen()
    {
        var graph = new DependencyGraph(
        [
            SourceFile.Parse("src/Storage/Objects/A.cs", "namespace S3Cassandra.Storage.Objects; class A { object b = new S3Cassandra.Storage.Embedded.B(); }"),
            SourceFile.Parse("src/Storage/Embedded/B.cs", "namespace S3Cassandra.Storage.Embedded; class B;"),
        ]);
        Findings.One("not the store behind them", LayerRules.Check(graph));
    }

    [Fact]
    public void A_circle_is_found()
    {
        var graph = new DependencyGraph(
        [
            SourceFile.Parse("src/Storage/Objects/A.cs", "using S3Cassandra.Storage.Uploads; namespace S3Cassandra.Storage.Objects; class A;"),
            SourceFile.Parse("src/Storage/Uploads/B.cs", "using S3Cassandra.Storage.Listing; namespace S3Cassandra.Storage.Uploads; class B;"),
            SourceFile.Parse("src/Storage/Listing/C.cs", "using S3Cassandra.Storage.Objects; namespace S3Cassandra.Storage.Listing; class C;"),
        ]);
        Findings.One("Storage.Listing → Storage.Objects → Storage.Uploads → Storage.Listing", graph.Cycles());
    }

    [Fact]
    public void A_type_of_an_enclosing_namespace_closes_a_circle()
    {
        var graph = new DependencyGraph(
        [
            SourceFile.Parse("src/Storage/A.cs", "using S3Cassandra.Storage.Uploads; namespace S3Cassandra.Storage; class A;"),
            SourceFile.Parse("src/Storage/Uploads/B.cs", "namespace S3Cassandra.Storage.Uploads; class B { A a; }"),
        ]);
        Findings.One("Storage → Storage.Uploads → Storage", graph.Cycles());
    }

    private static SourceFile Sample(string path, string directive)
    {
        var name = "S3Cassandra." + string.Join('.', path.Split('/')[1..^1]);
        return SourceFile.Parse(path, $"{directive} namespace {name}; class A;");
    }

    private static SourceFile Empty(string name) => SourceFile.Parse($"tests/Sample/{name}.cs", $"namespace {name}; class {name.Replace('.', '_')};");
}
