using System.Net;
using Microsoft.Extensions.Logging;

namespace S3Cassandra.Cql.Telemetry;

/// <summary>What the client tells of itself: never a statement's values, never a password. Requests themselves are told of at Debug only.</summary>
internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "Connected to a cluster of {Nodes} nodes, {Local} of them in the local data centre {Datacenter}, by protocol {Version}")]
    public static partial void Connected(ILogger logger, int nodes, int local, string datacenter, ProtocolVersion version);

    [LoggerMessage(6002, LogLevel.Information, "No local data centre is configured: taking {Datacenter}, that of {Node}, the first contact point that answered")]
    public static partial void LocalDatacenterChosen(ILogger logger, string datacenter, EndPoint node);

    [LoggerMessage(6003, LogLevel.Information, "{Node} does not speak protocol {Wanted}; going on with {Used}: {Reason}")]
    public static partial void VersionLowered(ILogger logger, EndPoint node, ProtocolVersion wanted, ProtocolVersion used, string reason);

    [LoggerMessage(6004, LogLevel.Warning, "The cluster's partitioner is {Partitioner}, not Murmur3: statements are not sent to their replicas")]
    public static partial void UnknownPartitioner(ILogger logger, string partitioner);

    [LoggerMessage(6010, LogLevel.Information, "Node {Node} is up")]
    public static partial void NodeUp(ILogger logger, EndPoint node);

    [LoggerMessage(6011, LogLevel.Warning, "Node {Node} is down: {Reason}")]
    public static partial void NodeDown(ILogger logger, EndPoint node, string reason);

    [LoggerMessage(6012, LogLevel.Debug, "{Reason} Trying {Node} again in {Delay}")]
    public static partial void ConnectionFailed(ILogger logger, string reason, EndPoint node, TimeSpan delay);

    [LoggerMessage(6020, LogLevel.Debug, "The control connection goes to {Node}")]
    public static partial void ControlConnected(ILogger logger, EndPoint node);

    [LoggerMessage(6021, LogLevel.Warning, "The control connection to {Node} ended: {Reason}")]
    public static partial void ControlLost(ILogger logger, EndPoint node, string reason);

    [LoggerMessage(6022, LogLevel.Warning, "No node takes the control connection: {Reason} Trying again in {Delay}")]
    public static partial void ControlFailed(ILogger logger, string reason, TimeSpan delay);

    [LoggerMessage(6023, LogLevel.Information, "The cluster has changed: {Nodes} nodes, {Local} of them in the local data centre")]
    public static partial void TopologyChanged(ILogger logger, int nodes, int local);

    [LoggerMessage(6030, LogLevel.Debug, "{Statement} failed on {Node} and is sent again: {Reason}")]
    public static partial void Retrying(ILogger logger, string statement, EndPoint node, string reason);

    [LoggerMessage(6031, LogLevel.Warning, "The outcome of {Statement} is not known: {Reason}")]
    public static partial void OutcomeUnknown(ILogger logger, string statement, string reason);

    [LoggerMessage(6040, LogLevel.Debug, "{Node} does not know a prepared statement; preparing it there: {Statement}")]
    public static partial void PreparingAnew(ILogger logger, EndPoint node, string statement);

    [LoggerMessage(6041, LogLevel.Warning, "The nodes do not agree on the schema after {Waited}")]
    public static partial void SchemaNotAgreed(ILogger logger, TimeSpan waited);
}
