namespace S3Cassandra.Support.Cassandra;

/// <summary>Where nodes can be started from: a folder with <c>bin/node</c>, and Java 17 to run it with.</summary>
public static class CassandraHome
{
    /// <summary>The folder, or null where there is none: CASSANDRA_HOME, else <c>../shared/cassandra</c> beside the repository.</summary>
    public static string? Folder => CassandraChoice.Current.Home;

    /// <summary>The script that starts, stops, kills and pauses nodes.</summary>
    public static string Script => CassandraChoice.ScriptIn(Folder!);

    /// <summary>Requires that nodes can be started here; <paramref name="why"/> says what for.</summary>
    public static void Require(string why)
    {
        Prerequisite.Require(
            Folder is not null,
            $"{why} starts Cassandra nodes of its own: set {CassandraChoice.HomeVariable} to a folder with bin/node, or put one at ../shared/cassandra beside the repository");
        Prerequisite.Require(
            File.Exists(Java),
            $"Cassandra needs Java 17, and {Java} is missing: apt-get install openjdk-17-jre-headless, or set JAVA_HOME");
    }

    private static string Java => Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home
        ? Path.Combine(home, "bin", "java")
        : "/usr/bin/java";
}
