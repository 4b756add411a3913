using System.Text.Json.Nodes;
using Amazon.S3;

namespace S3Cassandra.Functional.Tests.Terraform;

/// <summary>
/// The calls that Terraform's AWS provider makes for an aws_s3_bucket_policy (internal/service/s3/bucket_policy.go). What is read is compared
/// as JSON: the provider keeps its own spelling where the meaning is the same.
/// </summary>
public class BucketPolicyResourceTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bucket_policy_is_created_read_left_alone_changed_and_destroyed()
    {
        var s3 = fixture.Aws;
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        Assert.Equal("", await BucketState.ReadAsync(fixture.Raw, bucket, "policy", Token, "NoSuchBucketPolicy"));

        foreach (var action in new[] { "s3:GetObject", "s3:PutObject" })
        {
            var policy = Policy(bucket, action);
            await s3.PutBucketPolicyAsync(bucket, policy, Token);
            for (var read = 0; read < 2; read++)
            {
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(policy), JsonNode.Parse(await BucketState.ReadAsync(fixture.Raw, bucket, "policy", Token))));
            }
        }

        // The provider repeats what is malformed for as long as it waits for a principal to become known.
        Assert.Equal("MalformedPolicy", await CodeAsync(() => s3.PutBucketPolicyAsync(bucket, "{}", Token)));
        await s3.DeleteBucketPolicyAsync(bucket, Token);
        Assert.Equal("", await BucketState.ReadAsync(fixture.Raw, bucket, "policy", Token, "NoSuchBucketPolicy"));
        await s3.DeleteBucketPolicyAsync(bucket, Token);
        await s3.DeleteBucketAsync(bucket, Token);
        Assert.Equal("", await BucketState.ReadAsync(fixture.Raw, bucket, "policy", Token, "NoSuchBucket"));
        Assert.Equal("NoSuchBucket", await CodeAsync(() => s3.DeleteBucketPolicyAsync(bucket, Token)));
    }

    private static string Policy(string bucket, string action) => $$$"""
        {"Statement":[{"Action":"{{{action}}}","Condition":{"Bool":{"aws:SecureTransport":"false"} },"Effect":"Deny","Principal":"*","Resource":["arn:aws:s3:::{{{bucket}}}/*"],"Sid":"tls"}],"Version":"2012-10-17"}
        """;

    private static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<AmazonS3Exception>(call)).ErrorCode;
}
