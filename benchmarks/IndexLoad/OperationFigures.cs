namespace S3Cassandra.IndexLoad;

/// <summary>What one kind of operation did and cost.</summary>
/// <param name="PerSecond">How many a second.</param>
/// <param name="Cpu">CPU of the client and of Cassandra together, in µs each.</param>
/// <param name="Median">Their median time, in µs.</param>
/// <param name="Reads">Partitions of the index read on the node, each.</param>
internal sealed record OperationFigures(double PerSecond, double Cpu, double Median, double Reads);
