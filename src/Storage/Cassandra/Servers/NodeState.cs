namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>A node of the cluster as this program sees it.</summary>
/// <param name="IsLocal">Whether it is in the data centre that this program uses; to others it does not connect.</param>
/// <param name="Reason">Why it is not up; null where it is, or nobody tried.</param>
public sealed record NodeState(string Address, string Datacenter, string Rack, bool IsLocal, bool IsUp, string? Reason);
