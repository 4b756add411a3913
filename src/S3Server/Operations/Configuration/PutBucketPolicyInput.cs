namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>A policy that was found right: its text as it came, and whether it is public.</summary>
internal sealed record PutBucketPolicyInput(string Text, bool IsPublic);
