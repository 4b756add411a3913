namespace S3Cassandra.S3Server.Telemetry;

internal static partial class Log
{
    [LoggerMessage(5201, LogLevel.Error, "THE AUDIT LOG CANNOT KEEP UP: {Lines} lines are lost")]
    public static partial void AuditLinesDropped(ILogger logger, long lines);

    [LoggerMessage(5202, LogLevel.Error, "THE AUDIT LOG CANNOT BE WRITTEN: {Lines} lines are lost")]
    public static partial void AuditOutputFailed(ILogger logger, Exception failure, long lines);
}
