using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Signatures;

public sealed class SignatureV2Tests
{
    [Theory]
    [InlineData("/bucket", null, "/bucket")]
    [InlineData("/bucket", null, "/bucket/")]
    [InlineData("/bucket/", null, "/bucket/")]
    [InlineData("/bucket/", null, "/bucket")]
    [InlineData("/", "bucket", "/bucket/")]
    [InlineData("/", "bucket", "/bucket")]
    [InlineData("", "bucket", "/bucket/")]
    [InlineData("/", null, "/")]
    [InlineData("", null, "/")]
    [InlineData("/bucket/a%2fb", null, "/bucket/a%2fb")]
    [InlineData("/bucket/a%2fb", null, "/bucket/a/b")]
    [InlineData("/bucket/a(b)", null, "/bucket/a%28b%29")]
    [InlineData("/a%28b%29", "bucket", "/bucket/a%28b%29")]
    public void Spellings_of_one_resource(string path, string? hosted, string signed)
    {
        var signer = new SignerV2 { Path = signed };
        Verification.Of(signer.SignHeader(new TestRequest { Path = path, VirtualHostedBucket = hosted })).Holds();
        Verification.Of(signer.SignQuery(new TestRequest { Path = path, VirtualHostedBucket = hosted, Query = "acl" })).Holds();
    }

    [Theory]
    [InlineData("/bucket/key/", null, "/bucket/key")]
    [InlineData("/bucket/key", null, "/bucket/key/")]
    [InlineData("/bucket//", null, "/bucket")]
    [InlineData("/bucket//", null, "/bucket/")]
    [InlineData("//", null, "/")]
    [InlineData("/bucket", "bucket", "/bucket")]
    [InlineData("/", "bucket", "/")]
    [InlineData("/key", "bucket", "/key")]
    public void Another_resource_is_another(string path, string? hosted, string signed)
    {
        var signer = new SignerV2 { Path = signed };
        Verification.Of(signer.SignHeader(new TestRequest { Path = path, VirtualHostedBucket = hosted })).Refused("SignatureDoesNotMatch");
        Verification.Of(signer.SignQuery(new TestRequest { Path = path, VirtualHostedBucket = hosted })).Refused("SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("uploadId=u&partNumber=1", "partNumber=1&uploadId=u")]
    [InlineData("response-content-disposition=attachment%3B%20filename%3D%22a%20b%22", "response-content-disposition=attachment%3B+filename%3D%22a+b%22")]
    [InlineData("prefix=a&acl&marker=b", "acl")]
    [InlineData("versionId=%7Ea", "versionId=~a")]
    public void Sub_resources_are_sorted_and_decoded(string sent, string signed)
    {
        var request = new SignerV2().SignHeader(new TestRequest { Query = signed });
        request.Query = sent;
        Verification.Of(request).Holds();
    }

    [Fact]
    public void X_amz_date_takes_the_place_of_date()
    {
        var request = new TestRequest().With("Date", "Mon, 01 Jan 2001 00:00:00 GMT").With("x-amz-date", "Mon, 23 Nov 2026 12:00:00 +0000");
        Verification.Of(new SignerV2().SignHeader(request)).Holds();
    }

    [Fact]
    public void Whatever_x_amz_content_sha256_says_is_kept()
    {
        const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        var signed = Verification.Of(new SignerV2().SignHeader(new TestRequest().With("x-amz-content-sha256", Hash))).Holds();
        Assert.Equal(PayloadMode.Signed, signed.Payload.Mode);
        Assert.Equal(PayloadMode.Unsigned, Verification.Of(new SignerV2().SignHeader(new TestRequest())).Holds().Payload.Mode);
    }

    [Fact]
    public void A_plus_left_in_a_url_s_signature_is_a_plus()
    {
        var request = Enumerable.Range(0, 200).Select(number => new SignerV2().SignQuery(new TestRequest { Path = $"/bucket/{number}" }))
            .First(candidate => candidate.Query.Contains("%2B", StringComparison.Ordinal));
        request.Query = request.Query.Replace("%2B", "+", StringComparison.Ordinal);
        Verification.Of(request).Holds();
    }
}
