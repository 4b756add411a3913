using S3Cassandra.Architecture.Tests.Rules;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests;

public class ShapeTests
{
    [Fact]
    public void A_file_is_one_type_named_as_the_file_and_its_folder() => Findings.None(Repository.Sources.SelectMany(ShapeRules.Check));

    [Theory]
    [InlineData("A.cs", "class A; class B;", "2 types in one file")]
    [InlineData("A.cs", "class A; enum B { C }", "2 types in one file")]
    [InlineData("A.cs", "delegate void A(); class B;", "2 types in one file")]
    [InlineData("A.cs", "class B;", "holds the type B")]
    [InlineData("PathUtils.cs", "class PathUtils;", "names nothing")]
    [InlineData("BlobHelper.cs", "class BlobHelper;", "names nothing")]
    [InlineData("UploadManager.cs", "class UploadManager;", "names nothing")]
    [InlineData("CommonThings.cs", "class CommonThings;", "names nothing")]
    [InlineData("A.cs", "partial class A { }", "no generated half")]
    public void A_file_of_another_shape_is_found(string file, string code, string expected) =>
        Findings.One(expected, ShapeRules.Check(SourceFile.Parse($"src/Storage/Index/{file}", $"namespace S3Cassandra.Storage.Index; {code}")));

    [Fact]
    public void A_namespace_that_is_not_the_folder_is_found() =>
        Findings.One("its folder says", ShapeRules.Check(SourceFile.Parse("src/Storage/Index/A.cs", "namespace S3Cassandra.Storage; class A;")));

    [Theory]
    [InlineData("A.cs", "static partial class A { [LoggerMessage(1, LogLevel.Debug, \"x\")] public static partial void X(); }")]
    [InlineData("A.cs", "class A { enum Nested { B } }")]
    [InlineData("CommonPrefixes.cs", "class CommonPrefixes;")]
    public void A_file_of_the_right_shape_is_not(string file, string code)
    {
        var findings = ShapeRules.Check(SourceFile.Parse($"src/Storage/Index/{file}", $"namespace S3Cassandra.Storage.Index; {code}"));
        Findings.None(findings);
    }
}
