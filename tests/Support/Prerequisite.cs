namespace S3Cassandra.Support;

/// <summary>What a test needs of its machine: missing, the test is skipped with the reason, and fails where CI=true.</summary>
public static class Prerequisite
{
    public static bool IsContinuousIntegration => IsTrue(Environment.GetEnvironmentVariable("CI"));

    public static void Require(bool present, string reason) => Require(present, reason, IsContinuousIntegration);

    /// <param name="isContinuousIntegration">Whether what is missing fails the test.</param>
    public static void Require(bool present, string reason, bool isContinuousIntegration)
    {
        if (present)
        {
            return;
        }

        if (isContinuousIntegration)
        {
            Assert.Fail($"{reason} (.ci/run installs it)");
        }

        Assert.Skip(reason);
    }

    /// <summary>Whether CI, as it is set, means continuous integration.</summary>
    public static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Requires a program by its whole path, whatever PATH has before it.</summary>
    public static string Program(string path, string package)
    {
        Require(File.Exists(path), $"{path} is missing: apt-get install {package}");
        return path;
    }
}
