using Microsoft.Extensions.Logging;

namespace S3Cassandra.Storage.Cassandra.Sharding;

internal static partial class Log
{
    [LoggerMessage(7201, LogLevel.Information, "Bucket {Bucket}, shard {Shard} ({Reason}): {Parents} replaced by {Children}, {Rows} rows, frozen for {Milliseconds:0} ms")]
    public static partial void Replaced(
        ILogger logger, Guid bucket, Guid shard, ReplacementReason reason, int parents, int children, long rows, double milliseconds);

    [LoggerMessage(7202, LogLevel.Debug, "Bucket {Bucket}, shard {Shard} ({Reason}): not replaced, {Outcome}")]
    public static partial void NotReplaced(ILogger logger, Guid bucket, Guid shard, ReplacementReason reason, ReplacementOutcome outcome);

    [LoggerMessage(7203, LogLevel.Warning, "Nobody knows yet whether replacement {Attempt} in bucket {Bucket} was decided; its claim is given up to find out.")]
    public static partial void DecisionUnknown(ILogger logger, Guid attempt, Guid bucket);

    [LoggerMessage(7204, LogLevel.Warning, "The claim of replacement {Attempt} in bucket {Bucket} could not be given up; it ends by itself within {Seconds} s.")]
    public static partial void ClaimLeft(ILogger logger, Guid attempt, Guid bucket, double seconds);

    [LoggerMessage(7205, LogLevel.Warning, "Background work {Kind} on bucket {Bucket} failed: {Message}")]
    public static partial void JobFailed(ILogger logger, Exception exception, ShardingJobKind kind, Guid bucket, string message);

    [LoggerMessage(7206, LogLevel.Warning, "The pass over all shards broke off: {Message}")]
    public static partial void PassFailed(ILogger logger, Exception exception, string message);

    [LoggerMessage(7207, LogLevel.Information, "Deletion {Attempt} of bucket {Bucket}: {Outcome}")]
    public static partial void DeletionEnded(ILogger logger, Guid attempt, Guid bucket, S3Cassandra.Storage.Index.BucketRemoval outcome);
}
