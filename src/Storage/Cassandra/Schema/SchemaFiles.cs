using System.Globalization;
using System.Reflection;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>The files of <c>schema/</c> that this program was built with, in their order.</summary>
internal static class SchemaFiles
{
    private const string Prefix = "schema/";

    public static IReadOnlyList<SchemaFile> All { get; } = Load();

    /// <summary>The version of the schema that this program is made for.</summary>
    public static int Version => All[^1].Version;

    private static SchemaFile[] Load()
    {
        var assembly = typeof(SchemaFiles).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    private static SchemaFile Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[Prefix.Length..];
        return new(name, int.Parse(name.AsSpan(0, name.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture), CqlScript.Split(reader.ReadToEnd()));
    }
}
