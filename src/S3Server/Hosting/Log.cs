namespace S3Cassandra.S3Server.Hosting;

internal static partial class Log
{
    [LoggerMessage(5101, LogLevel.Warning, "The sweeper could not look at {Count} suspects")]
    public static partial void SweepFailed(ILogger logger, Exception? failure, int count);

    [LoggerMessage(5102, LogLevel.Information, "The sweeper freed {Freed} blobs, having looked at {Looked} suspects")]
    public static partial void Swept(ILogger logger, int freed, int looked);
}
