namespace S3Cassandra.Auth.Policies.Language;

/// <summary>What came of a policy's text: the policy, or why it is refused.</summary>
public readonly record struct PolicyParse(Policy? Policy, PolicyFailure? Failure);
