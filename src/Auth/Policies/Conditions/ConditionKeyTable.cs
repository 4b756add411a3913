using System.Collections.Frozen;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>The names of the condition keys.</summary>
public static class ConditionKeyTable
{
    private static readonly FrozenDictionary<string, ConditionKeyId> Plain = new Dictionary<string, ConditionKeyId>
    {
        ["aws:CalledVia"] = ConditionKeyId.CalledVia,
        ["aws:CurrentTime"] = ConditionKeyId.CurrentTime,
        ["aws:EpochTime"] = ConditionKeyId.EpochTime,
        ["aws:FederatedProvider"] = ConditionKeyId.FederatedProvider,
        ["aws:MultiFactorAuthAge"] = ConditionKeyId.MultiFactorAuthAge,
        ["aws:MultiFactorAuthPresent"] = ConditionKeyId.MultiFactorAuthPresent,
        ["aws:PrincipalAccount"] = ConditionKeyId.PrincipalAccount,
        ["aws:PrincipalArn"] = ConditionKeyId.PrincipalArn,
        ["aws:PrincipalIsAWSService"] = ConditionKeyId.PrincipalIsAwsService,
        ["aws:PrincipalOrgID"] = ConditionKeyId.PrincipalOrgId,
        ["aws:PrincipalType"] = ConditionKeyId.PrincipalType,
        ["aws:Referer"] = ConditionKeyId.Referer,
        ["aws:RequestedRegion"] = ConditionKeyId.RequestedRegion,
        ["aws:ResourceAccount"] = ConditionKeyId.ResourceAccount,
        ["aws:SecureTransport"] = ConditionKeyId.SecureTransport,
        ["aws:SourceAccount"] = ConditionKeyId.SourceAccount,
        ["aws:SourceArn"] = ConditionKeyId.SourceArn,
        ["aws:SourceIdentity"] = ConditionKeyId.SourceIdentity,
        ["aws:SourceIp"] = ConditionKeyId.SourceIp,
        ["aws:SourceVpc"] = ConditionKeyId.SourceVpc,
        ["aws:SourceVpce"] = ConditionKeyId.SourceVpce,
        ["aws:TagKeys"] = ConditionKeyId.TagKeys,
        ["aws:TokenIssueTime"] = ConditionKeyId.TokenIssueTime,
        ["aws:UserAgent"] = ConditionKeyId.UserAgent,
        ["aws:userid"] = ConditionKeyId.UserId,
        ["aws:username"] = ConditionKeyId.UserName,
        ["aws:ViaAWSService"] = ConditionKeyId.ViaAwsService,
        ["aws:VpcSourceIp"] = ConditionKeyId.VpcSourceIp,
        ["sts:ExternalId"] = ConditionKeyId.StsExternalId,
        ["sts:RoleSessionName"] = ConditionKeyId.StsRoleSessionName,
        ["iam:PolicyARN"] = ConditionKeyId.IamPolicyArn,
        ["iam:PermissionsBoundary"] = ConditionKeyId.IamPermissionsBoundary,
        ["s3:authType"] = ConditionKeyId.S3AuthType,
        ["s3:DataAccessPointAccount"] = ConditionKeyId.S3DataAccessPointAccount,
        ["s3:DataAccessPointArn"] = ConditionKeyId.S3DataAccessPointArn,
        ["s3:delimiter"] = ConditionKeyId.S3Delimiter,
        ["s3:if-match"] = ConditionKeyId.S3IfMatch,
        ["s3:if-none-match"] = ConditionKeyId.S3IfNoneMatch,
        ["s3:LocationConstraint"] = ConditionKeyId.S3LocationConstraint,
        ["s3:max-keys"] = ConditionKeyId.S3MaxKeys,
        ["s3:ObjectCreationOperation"] = ConditionKeyId.S3ObjectCreationOperation,
        ["s3:object-lock-legal-hold"] = ConditionKeyId.S3ObjectLockLegalHold,
        ["s3:object-lock-mode"] = ConditionKeyId.S3ObjectLockMode,
        ["s3:object-lock-remaining-retention-days"] = ConditionKeyId.S3ObjectLockRemainingRetentionDays,
        ["s3:object-lock-retain-until-date"] = ConditionKeyId.S3ObjectLockRetainUntilDate,
        ["s3:prefix"] = ConditionKeyId.S3Prefix,
        ["s3:RequestObjectTagKeys"] = ConditionKeyId.S3RequestObjectTagKeys,
        ["s3:ResourceAccount"] = ConditionKeyId.S3ResourceAccount,
        ["s3:signatureAge"] = ConditionKeyId.S3SignatureAge,
        ["s3:signatureversion"] = ConditionKeyId.S3SignatureVersion,
        ["s3:TlsVersion"] = ConditionKeyId.S3TlsVersion,
        ["s3:VersionId"] = ConditionKeyId.S3VersionId,
        ["s3:x-amz-acl"] = ConditionKeyId.S3Acl,
        ["s3:x-amz-content-sha256"] = ConditionKeyId.S3ContentSha256,
        ["s3:x-amz-copy-source"] = ConditionKeyId.S3CopySource,
        ["s3:x-amz-grant-full-control"] = ConditionKeyId.S3GrantFullControl,
        ["s3:x-amz-grant-read"] = ConditionKeyId.S3GrantRead,
        ["s3:x-amz-grant-read-acp"] = ConditionKeyId.S3GrantReadAcp,
        ["s3:x-amz-grant-write"] = ConditionKeyId.S3GrantWrite,
        ["s3:x-amz-grant-write-acp"] = ConditionKeyId.S3GrantWriteAcp,
        ["s3:x-amz-metadata-directive"] = ConditionKeyId.S3MetadataDirective,
        ["s3:x-amz-object-ownership"] = ConditionKeyId.S3ObjectOwnership,
        ["s3:x-amz-server-side-encryption"] = ConditionKeyId.S3ServerSideEncryption,
        ["s3:x-amz-server-side-encryption-aws-kms-key-id"] = ConditionKeyId.S3ServerSideEncryptionKmsKeyId,
        ["s3:x-amz-server-side-encryption-customer-algorithm"] = ConditionKeyId.S3ServerSideEncryptionCustomerAlgorithm,
        ["s3:x-amz-storage-class"] = ConditionKeyId.S3StorageClass,
        ["s3:x-amz-website-redirect-location"] = ConditionKeyId.S3WebsiteRedirectLocation,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keys that AWS knows and no request here ever has: policies may name them.</summary>
    private static readonly FrozenSet<string> Foreign = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "aws:AssumedRoot",
        "aws:CalledViaFirst",
        "aws:CalledViaLast",
        "aws:ChatbotSourceArn",
        "aws:Ec2InstanceSourcePrivateIPv4",
        "aws:Ec2InstanceSourceVpc",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalServiceName",
        "aws:PrincipalServiceNamesList",
        "aws:ResourceOrgID",
        "aws:ResourceOrgPaths",
        "aws:SourceOrgID",
        "aws:SourceOrgPaths",
        "aws:SourceOwner",
        "aws:VpceAccount",
        "aws:VpceOrgID",
        "aws:VpceOrgPaths",
        "ec2:RoleDelivery",
        "ec2:SourceInstanceARN",
        "s3:AccessGrantsInstanceArn",
        "s3:AccessPointNetworkOrigin",
        "s3:AccessPointTag",
        "s3:InventoryAccessibleOptionalFields");

    private static readonly FrozenDictionary<string, ConditionKeyId> WithParameter = new Dictionary<string, ConditionKeyId>
    {
        ["aws:PrincipalTag"] = ConditionKeyId.PrincipalTag,
        ["aws:RequestTag"] = ConditionKeyId.RequestTag,
        ["aws:ResourceTag"] = ConditionKeyId.ResourceTag,
        ["iam:ResourceTag"] = ConditionKeyId.ResourceTag,
        ["s3:BucketTag"] = ConditionKeyId.S3BucketTag,
        ["s3:ExistingObjectTag"] = ConditionKeyId.S3ExistingObjectTag,
        ["s3:RequestObjectTag"] = ConditionKeyId.S3RequestObjectTag,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of all keys; those with a parameter without it.</summary>
    public static IEnumerable<string> Names => [.. Plain.Keys, .. WithParameter.Keys];

    /// <summary>Whether AWS knows a key that no request here ever has.</summary>
    public static bool IsForeign(string name) => Foreign.Contains(name);

    internal static ConditionKeyId? Find(ReadOnlySpan<char> name, bool hasParameter) =>
        (hasParameter ? WithParameter : Plain).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var id) ? id : null;
}
