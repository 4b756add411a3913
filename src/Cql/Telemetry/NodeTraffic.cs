namespace S3Cassandra.Cql.Telemetry;

/// <summary>What a node's connections carry at one moment, and have carried.</summary>
internal readonly record struct NodeTraffic(int Connections, int InFlight, long BytesSent, long BytesReceived);
