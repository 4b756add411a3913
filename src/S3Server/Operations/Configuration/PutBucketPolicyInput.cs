using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>A policy that was found right: its text as it came, and what was read from it.</summary>
internal sealed record PutBucketPolicyInput(string Text, Policy Policy);
