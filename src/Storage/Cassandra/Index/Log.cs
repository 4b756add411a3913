using Microsoft.Extensions.Logging;

namespace S3Cassandra.Storage.Cassandra.Index;

internal static partial class Log
{
    [LoggerMessage(7101, LogLevel.Warning, "Nobody knows yet whether batch {Number} ({Commits} commits) on shard {Shard} of bucket {Bucket} applied")]
    public static partial void OutcomeUnknown(ILogger logger, Guid bucket, Guid shard, long number, int commits);

    [LoggerMessage(7102, LogLevel.Information, "Batch {Number} on shard {Shard} of bucket {Bucket} is settled: {Settled}.")]
    public static partial void Settled(ILogger logger, Guid bucket, Guid shard, long number, SettledAs settled);

    [LoggerMessage(7103, LogLevel.Error, "A batch on shard {Shard} of bucket {Bucket} failed; its commits are answered as unknown.")]
    public static partial void BatchFailed(ILogger logger, Exception exception, Guid bucket, Guid shard);
}
