namespace S3Cassandra.S3Server.Hosting;

internal static partial class Log
{
    [LoggerMessage(5101, LogLevel.Warning, "The sweeper could not look at {Count} suspects")]
    public static partial void SweepFailed(ILogger logger, Exception? failure, int count);

    [LoggerMessage(5102, LogLevel.Information, "The sweeper freed {Freed} blobs, having looked at {Looked} suspects")]
    public static partial void Swept(ILogger logger, int freed, int looked);

    [LoggerMessage(
        5103,
        LogLevel.Warning,
        "THE ROOT KEY {Id} IS SHORT OR WELL KNOWN: whoever reaches this server may read, change and delete everything in it. "
            + "It is for trying things out; bring a key of your own (S3CASSANDRA_ROOT_ACCESS_KEY, S3CASSANDRA_ROOT_SECRET_KEY)")]
    public static partial void SampleRootKey(ILogger logger, string id);

    [LoggerMessage(5104, LogLevel.Warning, "Verbs cannot administer this server while it runs: {Path} cannot be listened on")]
    public static partial void NoAdministrationSocket(ILogger logger, Exception? failure, string path);

    [LoggerMessage(5105, LogLevel.Warning, "A verb got no answer")]
    public static partial void VerbFailed(ILogger logger, Exception failure);
}
