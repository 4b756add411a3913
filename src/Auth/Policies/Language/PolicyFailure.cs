namespace S3Cassandra.Auth.Policies.Language;

/// <summary>Why a policy is refused: AWS's error code (<c>MalformedPolicy</c> for buckets, <c>MalformedPolicyDocument</c> for IAM and STS) and message.</summary>
public sealed record PolicyFailure(string Code, string Message);
