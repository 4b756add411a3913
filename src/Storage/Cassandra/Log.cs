using Microsoft.Extensions.Logging;

namespace S3Cassandra.Storage.Cassandra;

internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Warning, "Cassandra {Nodes}: {Finding}")]
    public static partial void NodeFinding(ILogger logger, string nodes, string finding);
}
