namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>The counter, and a writer's own entry beside it; null before its first.</summary>
internal readonly record struct CounterState(long Value, long? Done);
