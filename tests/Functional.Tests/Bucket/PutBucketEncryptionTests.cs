using System.Net;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutBucketEncryptionTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_default_comes_back_is_applied_and_goes()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.GetAsync(bucket, null, Token, "encryption"))
            .IsError(HttpStatusCode.NotFound, "ServerSideEncryptionConfigurationNotFoundError");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(bucket, Default("<SSEAlgorithm>AES256</SSEAlgorithm>"))).Status);
        var document = (await fixture.Raw.GetAsync(bucket, null, Token, "encryption")).Document("ServerSideEncryptionConfiguration");
        Assert.Equal(["AES256"], document.All("SSEAlgorithm"));
        var put = await fixture.Raw.PutAsync(bucket, "k", [1, 2, 3], Token);
        Assert.Equal("AES256", put.Headers["x-amz-server-side-encryption"]);
        Assert.Equal([1, 2, 3], (await fixture.Raw.GetAsync(bucket, "k", Token)).Body);
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteQueryAsync(bucket, "encryption", Token)).Status);
        (await fixture.Raw.GetAsync(bucket, null, Token, "encryption"))
            .IsError(HttpStatusCode.NotFound, "ServerSideEncryptionConfigurationNotFoundError");
    }

    [Theory]
    [InlineData("<SSEAlgorithm>aws:kms</SSEAlgorithm>", 501, "NotImplemented")]
    [InlineData("<SSEAlgorithm>aws:kms:dsse</SSEAlgorithm>", 501, "NotImplemented")]
    [InlineData("<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>", 400, "InvalidArgument")]
    [InlineData("<SSEAlgorithm>aes</SSEAlgorithm>", 400, "MalformedXML")]
    [InlineData("", 400, "MalformedXML")]
    public async Task What_is_not_there_is_refused(string inner, int status, string code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await PutAsync(bucket, Default(inner))).IsError((HttpStatusCode)status, code);
        (await PutAsync(bucket, "")).IsError(HttpStatusCode.BadRequest, "MalformedXML");
    }

    private static string Default(string inner) =>
        $"<Rule><ApplyServerSideEncryptionByDefault>{inner}</ApplyServerSideEncryptionByDefault></Rule>";

    private Task<Support.S3Response> PutAsync(string bucket, string rules) => fixture.Raw.PutDocumentAsync(
        bucket, "encryption", $"<ServerSideEncryptionConfiguration>{rules}</ServerSideEncryptionConfiguration>", Token);
}
