namespace S3Cassandra.Architecture.Tests;

/// <summary>Asserts on what a rule found, and prints all of it.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> findings)
    {
        var found = findings.ToList();
        Assert.True(found.Count == 0, $"{found.Count} found:{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }

    /// <summary>Exactly one finding, which says <paramref name="expected"/>.</summary>
    public static void One(string expected, IEnumerable<string> findings) =>
        Assert.Contains(expected, Assert.Single(findings), StringComparison.Ordinal);
}
