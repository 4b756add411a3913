using Microsoft.Extensions.Logging;

namespace S3Cassandra.Storage.Cassandra.Servers;

internal static partial class Log
{
    [LoggerMessage(7301, LogLevel.Warning, "In the background, {Step} failed and is tried again: {Reason}")]
    public static partial void StepFailed(ILogger logger, string step, string reason);

    [LoggerMessage(7302, LogLevel.Information, "Deleted {Count} shards that were replaced")]
    public static partial void ShardsDeleted(ILogger logger, int count);
}
