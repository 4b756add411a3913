using System.Collections.Frozen;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>
/// S3's condition keys that only some actions have, as AWS's Service Authorization Reference lists them ("Actions, resources, and condition
/// keys for Amazon S3", condition keys of each action). Every action may be asked for the others.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html"/>
public static class ConditionKeyActions
{
    private static readonly FrozenSet<string> Lists = Of("ListBucket", "ListBucketVersions");
    private static readonly FrozenSet<string> Puts = Of("PutObject", "BypassGovernanceRetention");
    private static readonly FrozenSet<string> Encryptions = Of("PutObject", "BypassGovernanceRetention", "ReplicateObject", "UpdateObjectEncryption");
    private static readonly FrozenSet<string> Retentions = Of("PutObject", "PutObjectRetention");

    private static readonly FrozenSet<string> Tagged = Of("PutObject", "PutObjectTagging", "PutObjectVersionTagging", "BypassGovernanceRetention");

    private static readonly FrozenSet<string> Grants =
        Of("CreateBucket", "PutBucketAcl", "PutObject", "PutObjectAcl", "PutObjectVersionAcl", "BypassGovernanceRetention");

    private static readonly FrozenDictionary<ConditionKeyId, FrozenSet<string>> ByKey = new Dictionary<ConditionKeyId, FrozenSet<string>>
    {
        [ConditionKeyId.S3Delimiter] = Lists,
        [ConditionKeyId.S3MaxKeys] = Lists,
        [ConditionKeyId.S3Prefix] = Lists,
        [ConditionKeyId.S3VersionId] = Of(
            "DeleteObjectVersion",
            "DeleteObjectVersionAnnotation",
            "DeleteObjectVersionTagging",
            "GetObjectVersion",
            "GetObjectVersionAcl",
            "GetObjectVersionAnnotation",
            "GetObjectVersionAttributes",
            "GetObjectVersionTagging",
            "GetObjectVersionTorrent",
            "ListObjectVersionAnnotations",
            "PutObjectVersionAcl",
            "PutObjectVersionAnnotation",
            "PutObjectVersionTagging"),
        [ConditionKeyId.S3ExistingObjectTag] = Of(
            "DeleteObjectAnnotation",
            "DeleteObjectTagging",
            "DeleteObjectVersionAnnotation",
            "DeleteObjectVersionTagging",
            "GetObject",
            "GetObjectAcl",
            "GetObjectAnnotation",
            "GetObjectAttributes",
            "GetObjectTagging",
            "GetObjectVersion",
            "GetObjectVersionAcl",
            "GetObjectVersionAnnotation",
            "GetObjectVersionAttributes",
            "GetObjectVersionTagging",
            "ListObjectAnnotations",
            "ListObjectVersionAnnotations",
            "PutObjectAcl",
            "PutObjectAnnotation",
            "PutObjectTagging",
            "PutObjectVersionAcl",
            "PutObjectVersionAnnotation",
            "PutObjectVersionTagging",
            "UpdateObjectEncryption"),
        [ConditionKeyId.S3RequestObjectTag] = Tagged,
        [ConditionKeyId.S3RequestObjectTagKeys] = Tagged,
        [ConditionKeyId.S3Acl] = Grants,
        [ConditionKeyId.S3GrantFullControl] = Grants,
        [ConditionKeyId.S3GrantRead] = Grants,
        [ConditionKeyId.S3GrantReadAcp] = Grants,
        [ConditionKeyId.S3GrantWrite] = Grants,
        [ConditionKeyId.S3GrantWriteAcp] = Grants,
        [ConditionKeyId.S3CopySource] = Puts,
        [ConditionKeyId.S3MetadataDirective] = Puts,
        [ConditionKeyId.S3WebsiteRedirectLocation] = Puts,
        [ConditionKeyId.S3StorageClass] = Of("PutObject", "PutObjectAcl", "PutObjectVersionAcl", "BypassGovernanceRetention"),
        [ConditionKeyId.S3ServerSideEncryption] = Encryptions,
        [ConditionKeyId.S3ServerSideEncryptionKmsKeyId] = Encryptions,
        [ConditionKeyId.S3ServerSideEncryptionCustomerAlgorithm] = Encryptions,
        [ConditionKeyId.S3IfMatch] = Of("PutObject", "DeleteObject"),
        [ConditionKeyId.S3IfNoneMatch] = Of("PutObject"),
        [ConditionKeyId.S3ObjectCreationOperation] = Of("PutObject"),
        [ConditionKeyId.S3ObjectLockLegalHold] = Of("PutObject", "PutObjectLegalHold"),
        [ConditionKeyId.S3ObjectLockMode] = Retentions,
        [ConditionKeyId.S3ObjectLockRemainingRetentionDays] = Retentions,
        [ConditionKeyId.S3ObjectLockRetainUntilDate] = Retentions,
        [ConditionKeyId.S3LocationConstraint] = Of("CreateBucket"),
        [ConditionKeyId.S3ObjectOwnership] = Of("CreateBucket", "PutBucketOwnershipControls"),
    }.ToFrozenDictionary();

    /// <summary>Whether requests for an action (<c>s3:PutObject</c>) may have a value for a key.</summary>
    public static bool Has(string action, ConditionKeyId key) => !ByKey.TryGetValue(key, out var actions) || actions.Contains(action);

    private static FrozenSet<string> Of(params string[] actions) =>
        actions.Select(action => "s3:" + action).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
