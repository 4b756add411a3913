namespace S3Cassandra.Auth.Policies.Actions;

/// <summary>What an action is done to.</summary>
[Flags]
public enum S3ActionScope
{
    Account = 1,
    Bucket = 2,
    Object = 4,

    /// <summary>Access points, jobs, Storage Lens and other resources that no bucket policy is about.</summary>
    Elsewhere = 8,
}
