namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>How many users, groups and roles a managed policy is attached to, and of how many it is the boundary.</summary>
internal readonly record struct PolicyUse(int Attachments, int Boundaries);
