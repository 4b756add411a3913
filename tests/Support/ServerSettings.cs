namespace S3Cassandra.Support;

/// <summary>How to start a server.</summary>
/// <param name="DataFolder">Its <c>--data</c>.</param>
public sealed record ServerSettings(string DataFolder)
{
    public string AccessKey { get; init; } = "S3CTESTACCESSKEY0001";

    public string SecretKey { get; init; } = "s3c+test/secret+key/0123456789abcdefghij";

    public string Domain { get; init; } = "s3.example.com";

    public string Region { get; init; } = "us-east-1";

    /// <summary>Arguments that name another store, in place of <c>--data</c>.</summary>
    public IReadOnlyList<string>? Store { get; init; }

    /// <summary>More arguments after <c>serve</c>'s usual ones.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>More environment, such as <c>S3CASSANDRA_CRASH_POINT</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A program that runs the server below itself, such as strace with its arguments.</summary>
    public IReadOnlyList<string> Wrapper { get; init; } = [];

    /// <summary>Ends a hang; how fast a server starts is no matter of tests.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromMinutes(5);
}
