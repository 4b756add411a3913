namespace S3Cassandra.Storage.Identities;

/// <summary>A managed policy that something is bound to: its ARN, and its id, so that one made again under the name is another.</summary>
public sealed record PolicyReference(string Arn, string Id);
