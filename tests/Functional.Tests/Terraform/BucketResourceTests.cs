using Amazon.S3;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Terraform;

/// <summary>
/// The calls that Terraform's AWS provider makes for an aws_s3_bucket and the resources that configure it: create, read, a plan without a
/// change, destroy.
/// </summary>
public class BucketResourceTests(ServerFixture fixture)
{
    private readonly string _bucket = $"terraform-{Guid.NewGuid():n}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bucket_is_created_read_left_alone_and_destroyed()
    {
        var s3 = fixture.Aws;
        await CreateAsync(s3);

        var created = (await BucketState.ReadAsync(fixture.Raw, _bucket, Token))!;
        Assert.Equal("us-east-1", created["region"]);
        Assert.Contains("<Payer>BucketOwner</Payer>", created["request_payer"]);
        Assert.Contains("<Permission>FULL_CONTROL</Permission>", created["grant"]);
        Assert.All(["versioning", "acceleration_status"], attribute => Assert.DoesNotContain("Status", created[attribute]));
        Assert.All(
            ["policy", "cors_rule", "website", "lifecycle_rule", "replication_configuration", "server_side_encryption_configuration", "object_lock_configuration", "tags"],
            attribute => Assert.Equal("", created[attribute]));
        Assert.Equal(created, await BucketState.ReadAsync(fixture.Raw, _bucket, Token));

        await DestroyAsync(s3);
    }

    [Fact]
    public async Task What_configures_a_bucket_is_read_as_it_was_set()
    {
        var s3 = fixture.Aws;
        await CreateAsync(s3);

        await ConfigureAsync(s3);
        var state = (await BucketState.ReadAsync(fixture.Raw, _bucket, Token))!;
        Assert.Contains("<Tag><Key>team</Key><Value>a b</Value></Tag>", state["tags"]);
        Assert.Contains("<Status>Enabled</Status>", state["versioning"]);
        Assert.Contains("<SSEAlgorithm>AES256</SSEAlgorithm>", state["server_side_encryption_configuration"]);
        Assert.Contains("<AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>", state["cors_rule"]);
        var block = (await s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = _bucket }, Token)).PublicAccessBlockConfiguration;
        Assert.True(block.BlockPublicAcls == true && block.BlockPublicPolicy == true && block.IgnorePublicAcls == true && block.RestrictPublicBuckets == true);
        var ownership = (await s3.GetBucketOwnershipControlsAsync(new GetBucketOwnershipControlsRequest { BucketName = _bucket }, Token)).OwnershipControls;
        Assert.Equal(ObjectOwnership.BucketOwnerEnforced, ownership.Rules.Single().ObjectOwnership);
        Assert.Equal(state, await BucketState.ReadAsync(fixture.Raw, _bucket, Token));

        await UnconfigureAsync(s3);
        var left = (await BucketState.ReadAsync(fixture.Raw, _bucket, Token))!;
        Assert.All(["tags", "server_side_encryption_configuration", "cors_rule"], attribute => Assert.Equal("", left[attribute]));
        await DestroyAsync(s3);
    }

    [Fact]
    public async Task A_bucket_that_is_not_empty_is_emptied_where_its_destruction_is_forced()
    {
        var s3 = fixture.Aws;
        await CreateAsync(s3);
        await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = _bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } }, Token);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = _bucket, Key = "a", ContentBody = "1" }, Token);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = _bucket, Key = "a", ContentBody = "2" }, Token);
        await s3.DeleteObjectAsync(_bucket, "a", Token);
        Assert.Equal("BucketNotEmpty", await CodeAsync(() => s3.DeleteBucketAsync(_bucket, Token)));

        var versions = (await s3.ListVersionsAsync(_bucket, Token)).Versions;
        await s3.DeleteObjectsAsync(
            new DeleteObjectsRequest
            {
                BucketName = _bucket,
                Objects = [.. versions.Select(version => new KeyVersion { Key = version.Key, VersionId = version.VersionId })],
                Quiet = true,
            },
            Token);
        await DestroyAsync(s3);
    }

    /// <summary>
    /// aws_s3_bucket's own tags, then aws_s3_bucket_versioning, …_server_side_encryption_configuration, …_cors_configuration,
    /// …_public_access_block and …_ownership_controls.
    /// </summary>
    private async Task ConfigureAsync(AmazonS3Client s3)
    {
        await s3.PutBucketTaggingAsync(_bucket, [new Tag { Key = "team", Value = "a b" }, new Tag { Key = "env", Value = "" }], Token);
        await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = _bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } }, Token);
        await s3.PutBucketEncryptionAsync(
            new PutBucketEncryptionRequest
            {
                BucketName = _bucket,
                ServerSideEncryptionConfiguration = new()
                {
                    ServerSideEncryptionRules = [new() { ServerSideEncryptionByDefault = new() { ServerSideEncryptionAlgorithm = ServerSideEncryptionMethod.AES256 }, BucketKeyEnabled = false }],
                },
            },
            Token);
        await s3.PutCORSConfigurationAsync(
            new PutCORSConfigurationRequest
            {
                BucketName = _bucket,
                Configuration = new() { Rules = [new() { AllowedMethods = ["GET", "PUT"], AllowedOrigins = ["https://a.example"], MaxAgeSeconds = 3000 }] },
            },
            Token);
        await s3.PutPublicAccessBlockAsync(
            new PutPublicAccessBlockRequest
            {
                BucketName = _bucket,
                PublicAccessBlockConfiguration = new() { BlockPublicAcls = true, BlockPublicPolicy = true, IgnorePublicAcls = true, RestrictPublicBuckets = true },
            },
            Token);
        await s3.PutBucketOwnershipControlsAsync(
            new PutBucketOwnershipControlsRequest
            {
                BucketName = _bucket,
                OwnershipControls = new() { Rules = [new() { ObjectOwnership = ObjectOwnership.BucketOwnerEnforced }] },
            },
            Token);
    }

    private async Task UnconfigureAsync(AmazonS3Client s3)
    {
        await s3.DeleteBucketOwnershipControlsAsync(new DeleteBucketOwnershipControlsRequest { BucketName = _bucket }, Token);
        await s3.DeletePublicAccessBlockAsync(new DeletePublicAccessBlockRequest { BucketName = _bucket }, Token);
        Assert.Equal("NoSuchPublicAccessBlockConfiguration", await CodeAsync(() => s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = _bucket }, Token)));
        await s3.DeleteCORSConfigurationAsync(_bucket, Token);
        await s3.DeleteBucketEncryptionAsync(new DeleteBucketEncryptionRequest { BucketName = _bucket }, Token);
        await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = _bucket, VersioningConfig = new() { Status = VersionStatus.Suspended } }, Token);
        await s3.DeleteBucketTaggingAsync(_bucket, Token);
    }

    /// <summary>us-east-1: the provider looks first, because making one's own bucket again is no error there.</summary>
    private async Task CreateAsync(AmazonS3Client s3)
    {
        Assert.False(await BucketState.ExistsAsync(fixture.Raw, _bucket, Token));
        await s3.PutBucketAsync(new PutBucketRequest { BucketName = _bucket, CannedACL = S3CannedACL.Private }, Token);
        Assert.True(await BucketState.ExistsAsync(fixture.Raw, _bucket, Token));
    }

    private async Task DestroyAsync(AmazonS3Client s3)
    {
        await s3.DeleteBucketAsync(_bucket, Token);
        Assert.Null(await BucketState.ReadAsync(fixture.Raw, _bucket, Token));
        Assert.Equal("NoSuchBucket", await CodeAsync(() => s3.DeleteBucketAsync(_bucket, Token)));
    }

    private static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<AmazonS3Exception>(call)).ErrorCode;
}
