namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>A setting of a node with which a promise of the store does not hold, or work fails.</summary>
/// <param name="IsFatal">Whether the store must not be used so.</param>
/// <param name="Text">What it is and what to do, without the node.</param>
internal readonly record struct NodeFinding(bool IsFatal, string Text);
