using S3Cassandra.Architecture.Tests.Rules;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests;

public class HygieneTests
{
    [Fact]
    public void Nothing_is_left_lying_around() => Findings.None(Repository.Sources.SelectMany(HygieneRules.Check));

    [Theory]
    [InlineData("#region One\n#endregion", "a region")]
    [InlineData("// TODO: later", "left to do")]
    [InlineData("/* FIXME */", "left to do")]
    [InlineData("/// <summary>TODO</summary>\nclass B;", "left to do")]
    [InlineData("// Copyright (c) someone", "licence header")]
    [InlineData("// Flush(token);", "commented-out code")]
    [InlineData("// var size = 5;", "commented-out code")]
    [InlineData("// if (size > 5) {", "commented-out code")]
    [InlineData("class B { void M() => throw new NotImplementedException(); }", "not implemented")]
    public void What_is_left_lying_around_is_found(string code, string expected) =>
        Findings.One(expected, HygieneRules.Check(SourceFile.Parse("src/Storage/A.cs", $"{code}\nclass A;")));

    [Fact]
    public void Prose_is_not_code() =>
        Findings.None(HygieneRules.Check(SourceFile.Parse("src/Storage/A.cs", "// A head (see the index) stays; the version goes.\nclass A;")));
}
