namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>The condition keys that this server has values for, or that AWS's policies name and no request here ever has.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"/>
/// <seealso href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys"/>
public enum ConditionKeyId
{
    /// <summary>A key of another vendor, or one that no request here has.</summary>
    Other,
    CalledVia,
    CurrentTime,
    EpochTime,
    FederatedProvider,
    MultiFactorAuthAge,
    MultiFactorAuthPresent,
    PrincipalAccount,
    PrincipalArn,
    PrincipalIsAwsService,
    PrincipalOrgId,

    /// <summary>With the tag's key after a slash.</summary>
    PrincipalTag,
    PrincipalType,
    Referer,
    RequestedRegion,

    /// <summary>With the tag's key after a slash.</summary>
    RequestTag,
    ResourceAccount,

    /// <summary>With the tag's key after a slash.</summary>
    ResourceTag,
    SecureTransport,
    SourceAccount,
    SourceArn,
    SourceIdentity,
    SourceIp,
    SourceVpc,
    SourceVpce,
    TagKeys,
    TokenIssueTime,
    UserAgent,
    UserId,
    UserName,
    ViaAwsService,
    VpcSourceIp,
    StsExternalId,
    StsRoleSessionName,
    IamPolicyArn,
    IamPermissionsBoundary,
    S3AuthType,
    S3BucketTag,
    S3DataAccessPointAccount,
    S3DataAccessPointArn,
    S3Delimiter,

    /// <summary>With the tag's key after a slash.</summary>
    S3ExistingObjectTag,
    S3IfMatch,
    S3IfNoneMatch,
    S3LocationConstraint,
    S3MaxKeys,
    S3ObjectCreationOperation,
    S3ObjectLockLegalHold,
    S3ObjectLockMode,
    S3ObjectLockRemainingRetentionDays,
    S3ObjectLockRetainUntilDate,
    S3Prefix,

    /// <summary>With the tag's key after a slash.</summary>
    S3RequestObjectTag,
    S3RequestObjectTagKeys,
    S3ResourceAccount,
    S3SignatureAge,
    S3SignatureVersion,
    S3TlsVersion,
    S3VersionId,
    S3Acl,
    S3ContentSha256,
    S3CopySource,
    S3GrantFullControl,
    S3GrantRead,
    S3GrantReadAcp,
    S3GrantWrite,
    S3GrantWriteAcp,
    S3MetadataDirective,
    S3ObjectOwnership,
    S3ServerSideEncryption,
    S3ServerSideEncryptionKmsKeyId,
    S3ServerSideEncryptionCustomerAlgorithm,
    S3StorageClass,
    S3WebsiteRedirectLocation,
}
