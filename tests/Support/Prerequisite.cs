namespace S3Cassandra.Support;

/// <summary>What a test needs of its machine: missing, the test is skipped with the reason, and fails where CI=true.</summary>
public static class Prerequisite
{
    public static bool IsContinuousIntegration =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public static void Require(bool present, string reason)
    {
        if (present)
        {
            return;
        }

        if (IsContinuousIntegration)
        {
            Assert.Fail($"{reason} (.ci/run installs it)");
        }

        Assert.Skip(reason);
    }

    /// <summary>Requires a program by its whole path, whatever PATH has before it.</summary>
    public static string Program(string path, string package)
    {
        Require(File.Exists(path), $"{path} is missing: apt-get install {package}");
        return path;
    }
}
