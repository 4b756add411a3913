namespace S3Cassandra.Support;

/// <summary>The repository that these tests were built in.</summary>
public static class RepositoryFolder
{
    public static string Root { get; } = Find();

    private static string Find()
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
