using System.Net;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutPublicAccessBlockTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Public(string bucket) =>
        $$"""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{bucket}}/*"}]}""";

    private static string Block(string setting) => $"<PublicAccessBlockConfiguration><{setting}>true</{setting}></PublicAccessBlockConfiguration>";

    [Fact]
    public async Task Settings_come_back_and_go()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.GetAsync(bucket, null, Token, "publicAccessBlock")).IsError(HttpStatusCode.NotFound, "NoSuchPublicAccessBlockConfiguration");
        foreach (var flags in (int[])[0, 1, 2, 4, 8, 15])
        {
            var wanted = new PublicAccessBlockConfiguration
            {
                BlockPublicAcls = (flags & 1) != 0,
                IgnorePublicAcls = (flags & 2) != 0,
                BlockPublicPolicy = (flags & 4) != 0,
                RestrictPublicBuckets = (flags & 8) != 0,
            };
            await fixture.Aws.PutPublicAccessBlockAsync(new() { BucketName = bucket, PublicAccessBlockConfiguration = wanted }, Token);
            var got = (await fixture.Aws.GetPublicAccessBlockAsync(new() { BucketName = bucket }, Token)).PublicAccessBlockConfiguration;
            Assert.Equal(
                (wanted.BlockPublicAcls, wanted.IgnorePublicAcls, wanted.BlockPublicPolicy, wanted.RestrictPublicBuckets),
                (got.BlockPublicAcls, got.IgnorePublicAcls, got.BlockPublicPolicy, got.RestrictPublicBuckets));
        }

        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteQueryAsync(bucket, "publicAccessBlock", Token)).Status);
        (await fixture.Raw.GetAsync(bucket, null, Token, "publicAccessBlock")).IsError(HttpStatusCode.NotFound, "NoSuchPublicAccessBlockConfiguration");
    }

    [Theory]
    [InlineData("<PublicAccessBlockConfiguration><Other>true</Other></PublicAccessBlockConfiguration>")]
    [InlineData("<PublicAccessBlockConfiguration><BlockPublicAcls>yes</BlockPublicAcls></PublicAccessBlockConfiguration>")]
    [InlineData("<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>")]
    [InlineData("<Other/>")]
    public async Task What_is_no_setting_is_refused(string document)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.PutDocumentAsync(bucket, "publicAccessBlock", document, Token)).IsError(HttpStatusCode.BadRequest, "MalformedXML");
    }

    [Fact]
    public async Task A_public_policy_is_not_put_where_that_is_blocked()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "publicAccessBlock", Block("BlockPublicPolicy"), Token)).IsSuccess);
        (await fixture.Raw.PutDocumentAsync(bucket, "policy", Public(bucket), Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await fixture.Raw.GetAsync(bucket, null, Token, "policy")).IsError(HttpStatusCode.NotFound, "NoSuchBucketPolicy");
        var held = Public(bucket).Replace("}]}", ",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"127.0.0.0/8\"}}}]}");
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", held, Token)).IsSuccess);
    }

    [Fact]
    public async Task A_public_policy_is_for_the_owners_account_alone_where_that_is_restricted()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", Public(bucket), Token)).IsSuccess);
        Assert.Equal("text", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).Text);
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "publicAccessBlock", Block("RestrictPublicBuckets"), Token)).IsSuccess);
        (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Equal("text", (await fixture.Raw.GetAsync(bucket, "k", Token)).Text);
        Assert.True((await fixture.Raw.DeleteQueryAsync(bucket, "publicAccessBlock", Token)).IsSuccess);
        Assert.Equal("text", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).Text);
    }
}
