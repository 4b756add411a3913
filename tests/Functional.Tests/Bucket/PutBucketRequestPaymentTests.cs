using System.Net;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutBucketRequestPaymentTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_pays_comes_back_and_nobody_comes_unsigned_where_requesters_do()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token, "public-read");
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token, ("x-amz-acl", "public-read"));
        Assert.Equal(["BucketOwner"], await PayerAsync(bucket));
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "requestPayment", Document("Requester"), Token)).IsSuccess);
        Assert.Equal(["Requester"], await PayerAsync(bucket));
        foreach (var path in (string[])["", "/k", "/k?x-amz-request-payer=requester"])
        {
            (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}{path}", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        }

        // The owner pays for its own requests.
        var own = await fixture.Raw.SendAsync(HttpMethod.Get, bucket, "k", "", null, [("x-amz-request-payer", "requester")], Token);
        Assert.Equal("text", own.Text);
        Assert.False(own.Headers.ContainsKey("x-amz-request-charged"));
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "requestPayment", Document("BucketOwner"), Token)).IsSuccess);
        Assert.Equal("text", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).Text);
    }

    [Theory]
    [InlineData("<RequestPaymentConfiguration/>")]
    [InlineData("<RequestPaymentConfiguration><Payer>Nobody</Payer></RequestPaymentConfiguration>")]
    [InlineData("<Other/>")]
    public async Task What_is_no_payer_is_malformed(string document)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.PutDocumentAsync(bucket, "requestPayment", document, Token)).IsError(HttpStatusCode.BadRequest, "MalformedXML");
    }

    private static string Document(string payer) => $"<RequestPaymentConfiguration><Payer>{payer}</Payer></RequestPaymentConfiguration>";

    private async Task<string[]> PayerAsync(string bucket) =>
        (await fixture.Raw.GetAsync(bucket, null, Token, "requestPayment")).Document("RequestPaymentConfiguration").All("Payer");
}
