namespace S3Cassandra.Auth.Policies;

/// <summary>
/// What an operation asks for, declared as a function of its parsed input: an action of <see cref="S3Action"/> on a resource
/// (<c>arn:aws:s3:::bucket</c>, <c>arn:aws:s3:::bucket/key</c> with the key decoded, or <c>*</c>).
/// </summary>
public readonly record struct RequiredPermission(string Action, string ResourceArn)
{
    /// <summary>An action on the account as a whole (<c>s3:ListAllMyBuckets</c>).</summary>
    public static RequiredPermission OnAccount(string action) => new(action, "*");

    /// <summary>An action on a bucket.</summary>
    public static RequiredPermission OnBucket(string action, string bucket) => new(action, $"arn:aws:s3:::{bucket}");

    /// <summary>An action on an object.</summary>
    public static RequiredPermission OnObject(string action, string bucket, string key) => new(action, $"arn:aws:s3:::{bucket}/{key}");
}
