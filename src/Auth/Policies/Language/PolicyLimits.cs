namespace S3Cassandra.Auth.Policies.Language;

/// <summary>How large a policy may be.</summary>
public static class PolicyLimits
{
    /// <summary>AWS: bucket policies are limited to 20 KB. Nothing longer is looked at; IAM's own quotas are smaller.</summary>
    public const int MaxBytes = 20 * 1024;

    /// <summary>A policy's own depth is 6: document, Statement, statement, Condition, operator, values.</summary>
    public const int MaxDepth = 8;

    /// <summary>The least statement takes some 60 bytes, so that no legal policy has more.</summary>
    public const int MaxStatements = 400;

    /// <summary>Values of one element.</summary>
    public const int MaxValues = 1000;

    /// <summary>The longest value: an ARN has at most 2,048 characters.</summary>
    public const int MaxValueLength = 2048;
}
