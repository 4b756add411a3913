using System.Xml.Linq;

namespace S3Cassandra.Architecture.Tests.Sources;

/// <summary>What a project file asks for.</summary>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public static ProjectFile Parse(string path, string xml)
    {
        var document = XDocument.Parse(xml);
        return new(path,
            [.. Includes(document, "ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(document, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument document, string item) =>
        document.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
