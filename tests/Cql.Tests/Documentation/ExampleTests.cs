using S3Cassandra.Support;

namespace S3Cassandra.Cql.Tests.Documentation;

public class ExampleTests
{
    [Fact]
    public void Every_example_of_the_client_s_page_is_one_that_compiles()
    {
        var source = Lines(File.ReadAllText(Path.Combine(RepositoryFolder.Root, "tests", "Cql.Tests", "Documentation", "Examples.cs")));
        var blocks = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "cql-client.md")).Split("```csharp\n")[1..];
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(Lines(block[..block.IndexOf("```", StringComparison.Ordinal)]), source, StringComparison.Ordinal));
    }

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
