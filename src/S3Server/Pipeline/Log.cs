namespace S3Cassandra.S3Server.Pipeline;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Error, "Request {RequestId} ({Operation}) failed")]
    public static partial void RequestFailed(ILogger logger, Exception failure, string requestId, string operation);
}
