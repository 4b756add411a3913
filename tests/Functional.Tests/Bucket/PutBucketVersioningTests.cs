using System.Net;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutBucketVersioningTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_set_is_shown()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        Assert.Empty(await StatusAsync(bucket));
        await fixture.Server.SetVersioningAsync(bucket, "Enabled", Token);
        Assert.Equal(["Enabled"], await StatusAsync(bucket));
        await fixture.Server.SetVersioningAsync(bucket, "Suspended", Token);
        Assert.Equal(["Suspended"], await StatusAsync(bucket));
    }

    [Theory]
    [InlineData("<Status>enabled</Status>", 400, "MalformedXML")]
    [InlineData("<Status/>", 400, "MalformedXML")]
    [InlineData("", 400, "IllegalVersioningConfigurationException")]
    [InlineData("<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>", 501, "NotImplemented")]
    [InlineData("<Status>Enabled</Status><MfaDelete>no</MfaDelete>", 400, "MalformedXML")]
    public async Task What_cannot_be_set_is_refused(string inner, int status, string code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var document = $"<VersioningConfiguration>{inner}</VersioningConfiguration>";
        (await fixture.Raw.PutDocumentAsync(bucket, "versioning", document, Token)).IsError((HttpStatusCode)status, code);
        Assert.Empty(await StatusAsync(bucket));
    }

    private async Task<string[]> StatusAsync(string bucket) =>
        (await fixture.Raw.GetAsync(bucket, null, Token, "versioning")).Document("VersioningConfiguration").All("Status");
}
