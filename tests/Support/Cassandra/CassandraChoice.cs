namespace S3Cassandra.Support.Cassandra;

/// <summary>Which Cassandra is taken, by what the environment names and what is there: nothing is started or asked here.</summary>
/// <param name="ContactPoints">What CASSANDRA_CONTACT_POINTS says; null where it says nothing.</param>
/// <param name="Home">The folder with <c>bin/node</c>; null where there is none.</param>
public sealed record CassandraChoice(string? ContactPoints, string? Home)
{
    public const string ContactPointsVariable = "CASSANDRA_CONTACT_POINTS";
    public const string HomeVariable = "CASSANDRA_HOME";

    /// <summary>What was found for this process.</summary>
    public static CassandraChoice Current { get; } = From(Environment.GetEnvironmentVariable, RepositoryFolder.Root, File.Exists);

    /// <summary>Where a plain node comes from: a cluster that is named, else a folder, else Docker.</summary>
    public CassandraSource Source =>
        ContactPoints is not null ? CassandraSource.ContactPoints : Home is not null ? CassandraSource.Home : CassandraSource.Docker;

    /// <param name="variable">The environment.</param>
    /// <param name="repository">The repository's folder: beside it <c>shared/cassandra</c> is looked for.</param>
    /// <param name="exists">Whether there is a file.</param>
    /// <exception cref="InvalidOperationException">CASSANDRA_HOME names a folder without <c>bin/node</c>.</exception>
    public static CassandraChoice From(Func<string, string?> variable, string repository, Func<string, bool> exists)
    {
        var points = variable(ContactPointsVariable);
        return new(string.IsNullOrWhiteSpace(points) ? null : points, HomeOf(variable(HomeVariable), repository, exists));
    }

    private static string? HomeOf(string? named, string repository, Func<string, bool> exists)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return exists(ScriptIn(named))
                ? Path.GetFullPath(named)
                : throw new InvalidOperationException($"{HomeVariable} is {named}, and there is no bin/node in it.");
        }

        var beside = Path.GetFullPath(Path.Combine(repository, "..", "shared", "cassandra"));
        return exists(ScriptIn(beside)) ? beside : null;
    }

    internal static string ScriptIn(string home) => Path.Combine(home, "bin", "node");
}
