namespace S3Cassandra.Architecture.Tests.Sources;

/// <summary>The sources and projects of the repository that these tests were built in.</summary>
internal static class Repository
{
    private static readonly string[] Trees = ["src", "tests", "benchmarks"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Files("*.cs").Select(file => SourceFile.Parse(file, File.ReadAllText(Path.Combine(Root, file))))];

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Files("*.csproj").Select(file => ProjectFile.Parse(file, File.ReadAllText(Path.Combine(Root, file))))];

    private static IEnumerable<string> Files(string pattern) =>
        from tree in Trees
        from file in Directory.EnumerateFiles(Path.Combine(Root, tree), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(segment => segment is "bin" or "obj" or "node_modules")
        where !path.EndsWith(".Generated.cs", StringComparison.Ordinal)
        orderby path
        select path;

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "S3Cassandra.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("S3Cassandra.sln is in no folder above the tests.");
    }
}
