namespace S3Cassandra.S3Server.Operations;

/// <summary>The input of an operation that asks for nothing beyond its target.</summary>
internal readonly record struct NoInput;
