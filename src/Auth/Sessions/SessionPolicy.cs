namespace S3Cassandra.Auth.Sessions;

/// <summary>A managed policy that limits a session: its ARN, and its id, so that one made again under the name is another.</summary>
public readonly record struct SessionPolicy(string Arn, string Id);
