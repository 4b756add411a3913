using System.Text.RegularExpressions;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>A column as a file of <c>schema/</c> says it, or Cassandra; <paramref name="Definition"/>: its type, and "static" where it is.</summary>
internal sealed partial record SchemaColumn(string Table, string Name, string Definition)
{
    /// <summary>The columns that a CREATE TABLE makes, written one a line; none of any other statement.</summary>
    public static IEnumerable<SchemaColumn> Of(string statement)
    {
        if (TableName().Match(statement) is not { Success: true } table)
        {
            yield break;
        }
        foreach (Match line in ColumnLine().Matches(statement))
        {
            yield return new(table.Groups[1].Value, line.Groups[1].Value, line.Groups[2].Value + line.Groups[3].Value);
        }
    }

    [GeneratedRegex(@"^CREATE TABLE IF NOT EXISTS (\w+) \(", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();

    [GeneratedRegex(@"^    ([a-z_]+) ([a-z]+(?:<.+>)?)( static)?(?: PRIMARY KEY)?[,)]", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ColumnLine();
}
