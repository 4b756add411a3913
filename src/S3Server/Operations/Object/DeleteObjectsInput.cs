namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What a DeleteObjects asks for.</summary>
internal sealed record DeleteObjectsInput(IReadOnlyList<DeleteObjectsItem> Items, bool Quiet);
