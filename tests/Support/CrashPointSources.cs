using System.Text.RegularExpressions;

namespace S3Cassandra.Support;

/// <summary>The crash points that the product's sources name.</summary>
public static partial class CrashPointSources
{
    /// <summary>The sources of what runs with one store: all but those in the other store's folder.</summary>
    /// <param name="otherStore">That folder's name: <c>Embedded</c> or <c>Cassandra</c>.</param>
    public static IEnumerable<string> Without(string otherStore)
    {
        var sources = Path.Combine(RepositoryFolder.Root, "src");
        return Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(sources, file).Contains($"/{otherStore}/", StringComparison.Ordinal))
            .Select(File.ReadAllText);
    }

    /// <summary>The names in a source, in its order.</summary>
    public static IEnumerable<string> NamesIn(string source) => Hit().Matches(source).Select(match => match.Groups[1].Value);

    [GeneratedRegex("""CrashPoint\.Hit\("([^"]+)"\)""")]
    private static partial Regex Hit();
}
