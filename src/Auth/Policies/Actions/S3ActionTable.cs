using System.Collections.Frozen;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Actions;

/// <summary>S3's actions and what each is done to, as AWS's Service Authorization Reference has them.</summary>
/// <seealso href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html"/>
public static class S3ActionTable
{
    private static readonly FrozenDictionary<string, S3ActionScope> Scopes = new Dictionary<string, S3ActionScope>
    {
        ["s3:CreateBucket"] = S3ActionScope.Bucket,
        ["s3:DeleteBucket"] = S3ActionScope.Bucket,
        ["s3:DeleteBucketPolicy"] = S3ActionScope.Bucket,
        ["s3:DeleteBucketWebsite"] = S3ActionScope.Bucket,
        ["s3:DeleteBucketOwnershipControls"] = S3ActionScope.Bucket,
        ["s3:GetAccelerateConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetAnalyticsConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetBucketAcl"] = S3ActionScope.Bucket,
        ["s3:GetBucketCORS"] = S3ActionScope.Bucket,
        ["s3:GetBucketLocation"] = S3ActionScope.Bucket,
        ["s3:GetBucketLogging"] = S3ActionScope.Bucket,
        ["s3:GetBucketNotification"] = S3ActionScope.Bucket,
        ["s3:GetBucketObjectLockConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetBucketOwnershipControls"] = S3ActionScope.Bucket,
        ["s3:GetBucketPolicy"] = S3ActionScope.Bucket,
        ["s3:GetBucketPolicyStatus"] = S3ActionScope.Bucket,
        ["s3:GetBucketPublicAccessBlock"] = S3ActionScope.Bucket,
        ["s3:GetBucketRequestPayment"] = S3ActionScope.Bucket,
        ["s3:GetBucketTagging"] = S3ActionScope.Bucket,
        ["s3:GetBucketVersioning"] = S3ActionScope.Bucket,
        ["s3:GetBucketWebsite"] = S3ActionScope.Bucket,
        ["s3:GetEncryptionConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetIntelligentTieringConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetInventoryConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetLifecycleConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetMetricsConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetReplicationConfiguration"] = S3ActionScope.Bucket,
        ["s3:ListBucket"] = S3ActionScope.Bucket,
        ["s3:ListBucketMultipartUploads"] = S3ActionScope.Bucket,
        ["s3:ListBucketVersions"] = S3ActionScope.Bucket,
        ["s3:PutAccelerateConfiguration"] = S3ActionScope.Bucket,
        ["s3:PutAnalyticsConfiguration"] = S3ActionScope.Bucket,
        ["s3:PutBucketAcl"] = S3ActionScope.Bucket,
        ["s3:PutBucketCORS"] = S3ActionScope.Bucket,
        ["s3:PutBucketLogging"] = S3ActionScope.Bucket,
        ["s3:PutBucketNotification"] = S3ActionScope.Bucket,
        ["s3:PutBucketObjectLockConfiguration"] = S3ActionScope.Bucket,
        ["s3:PutBucketOwnershipControls"] = S3ActionScope.Bucket,
        ["s3:PutBucketPolicy"] = S3ActionScope.Bucket,
        ["s3:PutBucketPublicAccessBlock"] = S3ActionScope.Bucket,
        ["s3:PutBucketRequestPayment"] = S3ActionScope.Bucket,
        ["s3:PutBucketTagging"] = S3ActionScope.Bucket,
        ["s3:PutBucketVersioning"] = S3ActionScope.Bucket,
        ["s3:PutBucketWebsite"] = S3ActionScope.Bucket,
        ["s3:PutEncryptionConfiguration"] = S3ActionScope.Bucket,
        ["s3:PutIntelligentTieringConfiguration"] = S3ActionScope.Bucket,
        ["s3:PutInventoryConfiguration"] = S3ActionScope.Bucket,
        ["s3:PutLifecycleConfiguration"] = S3ActionScope.Bucket,
        ["s3:PutMetricsConfiguration"] = S3ActionScope.Bucket,
        ["s3:PutReplicationConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetBucketMetadataTableConfiguration"] = S3ActionScope.Bucket,
        ["s3:CreateBucketMetadataTableConfiguration"] = S3ActionScope.Bucket,
        ["s3:DeleteBucketMetadataTableConfiguration"] = S3ActionScope.Bucket,
        ["s3:GetBucketAbac"] = S3ActionScope.Bucket,
        ["s3:PutBucketAbac"] = S3ActionScope.Bucket,
        ["s3:TagResource"] = S3ActionScope.Bucket,
        ["s3:UntagResource"] = S3ActionScope.Bucket,
        ["s3:ListTagsForResource"] = S3ActionScope.Bucket,
        ["s3:AbortMultipartUpload"] = S3ActionScope.Object,
        ["s3:BypassGovernanceRetention"] = S3ActionScope.Object,
        ["s3:DeleteObject"] = S3ActionScope.Object,
        ["s3:DeleteObjectTagging"] = S3ActionScope.Object,
        ["s3:DeleteObjectVersion"] = S3ActionScope.Object,
        ["s3:DeleteObjectVersionTagging"] = S3ActionScope.Object,
        ["s3:GetObject"] = S3ActionScope.Object,
        ["s3:GetObjectAcl"] = S3ActionScope.Object,
        ["s3:GetObjectAttributes"] = S3ActionScope.Object,
        ["s3:GetObjectLegalHold"] = S3ActionScope.Object,
        ["s3:GetObjectRetention"] = S3ActionScope.Object,
        ["s3:GetObjectTagging"] = S3ActionScope.Object,
        ["s3:GetObjectTorrent"] = S3ActionScope.Object,
        ["s3:GetObjectVersion"] = S3ActionScope.Object,
        ["s3:GetObjectVersionAcl"] = S3ActionScope.Object,
        ["s3:GetObjectVersionAttributes"] = S3ActionScope.Object,
        ["s3:GetObjectVersionForReplication"] = S3ActionScope.Object,
        ["s3:GetObjectVersionTagging"] = S3ActionScope.Object,
        ["s3:GetObjectVersionTorrent"] = S3ActionScope.Object,
        ["s3:InitiateReplication"] = S3ActionScope.Object,
        ["s3:ListMultipartUploadParts"] = S3ActionScope.Object,
        ["s3:ObjectOwnerOverrideToBucketOwner"] = S3ActionScope.Object,
        ["s3:PutObject"] = S3ActionScope.Object,
        ["s3:PutObjectAcl"] = S3ActionScope.Object,
        ["s3:PutObjectLegalHold"] = S3ActionScope.Object,
        ["s3:PutObjectRetention"] = S3ActionScope.Object,
        ["s3:PutObjectTagging"] = S3ActionScope.Object,
        ["s3:PutObjectVersionAcl"] = S3ActionScope.Object,
        ["s3:PutObjectVersionTagging"] = S3ActionScope.Object,
        ["s3:ReplicateDelete"] = S3ActionScope.Object,
        ["s3:ReplicateObject"] = S3ActionScope.Object,
        ["s3:ReplicateTags"] = S3ActionScope.Object,
        ["s3:RestoreObject"] = S3ActionScope.Object,
        ["s3:UpdateObjectEncryption"] = S3ActionScope.Object,
        ["s3:ListAllMyBuckets"] = S3ActionScope.Account,
        ["s3:GetAccountPublicAccessBlock"] = S3ActionScope.Account,
        ["s3:PutAccountPublicAccessBlock"] = S3ActionScope.Account,
        ["s3:ListAccessPoints"] = S3ActionScope.Account,
        ["s3:ListJobs"] = S3ActionScope.Account,
        ["s3:ListStorageLensConfigurations"] = S3ActionScope.Account,
        ["s3:CreateJob"] = S3ActionScope.Account,
        ["s3:PutAccessPointPublicAccessBlock"] = S3ActionScope.Account,
        ["s3:ListMultiRegionAccessPoints"] = S3ActionScope.Account,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every action and what it is done to.</summary>
    public static IReadOnlyDictionary<string, S3ActionScope> All => Scopes;

    /// <summary>What the actions that a pattern names are done to; 0 where it names none.</summary>
    public static S3ActionScope ScopesOf(string pattern)
    {
        if (Scopes.TryGetValue(pattern, out var scope))
        {
            return scope;
        }

        var parsed = TextPattern.Parse(pattern, PatternSyntax.Wildcards, ignoreCase: true)!;
        if (!parsed.HasWildcards)
        {
            return 0;
        }

        foreach (var (action, actionScope) in Scopes)
        {
            if (parsed.Match(action, NoFacts.Instance) == PatternMatch.Yes)
            {
                scope |= actionScope;
            }
        }

        return scope;
    }
}
