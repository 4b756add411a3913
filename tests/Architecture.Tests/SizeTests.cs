using S3Cassandra.Architecture.Tests.Rules;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests;

public class SizeTests
{
    [Fact]
    public void Files_and_methods_keep_their_budgets() => Findings.None(Repository.Sources.SelectMany(SizeRules.Check));

    [Theory]
    [InlineData("src/Storage/A.cs", SizeRules.SourceLines)]
    [InlineData("tests/Storage.Tests/A.cs", SizeRules.TestLines)]
    public void A_file_over_its_budget_is_found(string path, int budget)
    {
        Findings.None(SizeRules.Check(SourceFile.Parse(path, Lines(budget) + ' ')));
        Findings.One($"{budget + 1} lines", SizeRules.Check(SourceFile.Parse(path, Lines(budget + 1) + ' ')));
    }

    [Theory]
    [InlineData("class A { void M() {", "} }")]
    [InlineData("class A { A() {", "} }")]
    [InlineData("class A { int P { get {", "} } }")]
    [InlineData("void Local() {", "}")]
    public void A_method_over_its_budget_is_found(string open, string close)
    {
        Findings.None(SizeRules.Check(SourceFile.Parse("src/Storage/A.cs", open + Lines(SizeRules.MethodLines) + close)));
        Assert.NotEmpty(SizeRules.Check(SourceFile.Parse("src/Storage/A.cs", open + Lines(SizeRules.MethodLines + 1) + close)));
    }

    private static string Lines(int count) => new('\n', count - 1);
}
