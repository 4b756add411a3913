using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.Storage.Cassandra.Tests.Schema;

public sealed class CqlScriptTests
{
    [Fact]
    public void Comments_and_ends_count_outside_of_quotes_only() =>
        Assert.Equal(
            ["A 'x;--y'", "B \"q;'\" 'it''s; so' c", "D"],
            CqlScript.Split("-- one; two\nA 'x;--y'; -- three\n;\nB \"q;'\" 'it''s; so' c;D -- end"));

    [Fact]
    public void The_files_are_read_in_their_order_and_make_each_table_once()
    {
        Assert.Equal(SchemaFiles.All.OrderBy(file => file.Version).ThenBy(file => file.Name, StringComparer.Ordinal), SchemaFiles.All);
        var tables = SchemaFiles.All.SelectMany(file => file.Statements).Select(statement => statement.Split(' ', '\n')[..6][^1]).ToList();
        Assert.Equal(tables.Distinct(), tables);
        Assert.Contains("object_index", tables);
    }

    [Theory]
    [InlineData("dc1=3", "dc1=3")]
    [InlineData("eu-west_1=3, us.2=2", "eu-west_1=3,us.2=2")]
    [InlineData("", null)]
    [InlineData("dc1", null)]
    [InlineData("dc1=0", null)]
    [InlineData("dc1=3,", null)]
    [InlineData("dc1=3,dc1=2", null)]
    [InlineData("d'c=3", null)]
    public void Replication_is_a_list_of_data_centres(string text, string? expected) => Assert.Equal(expected, Replication.Parse(text)?.ToString());
}
