using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 8: the host is part of what is signed, and only the one that the edge vouches for.</summary>
public sealed class Attack08HostTests
{
    [Fact]
    public void A_signature_without_host_is_refused()
    {
        var signer = new SignerV4 { SignedHeaders = ["x-amz-content-sha256", "x-amz-date"] };
        var header = Verification.Of(signer.SignHeader(new TestRequest()));
        header.Refused("AccessDenied");
        Assert.Equal("host", header.Detail("HeadersNotSigned"));
        Verification.Of(new SignerV4 { SignedHeaders = ["range"] }.SignQuery(new TestRequest().With("Range", "bytes=0-0"))).Refused("AccessDenied");
        Verification.Of(new SignerV4 { SignedHeaders = [] }.SignQuery(new TestRequest())).Refused("AccessDenied");
    }

    [Theory]
    [InlineData("s3.example.com")]
    [InlineData("s3.example.com:80")]
    [InlineData("S3.example.com:8080")]
    [InlineData("evil.example.com:8080")]
    [InlineData("bucket.s3.example.com:8080")]
    [InlineData("")]
    public void Another_host_breaks_the_signature(string host)
    {
        TestRequest[] requests = [new SignerV4().SignHeader(new TestRequest()), new SignerV4().SignQuery(new TestRequest())];
        foreach (var request in requests)
        {
            request.Host = host;
            Verification.Of(request).Refused("SignatureDoesNotMatch");
        }
    }

    [Fact]
    public void Headers_that_only_look_like_the_host_change_nothing()
    {
        var request = new SignerV4().SignHeader(new TestRequest())
            .With("Host", "evil.example.com")
            .With("X-Forwarded-Host", "evil.example.com")
            .With("Forwarded", "host=evil.example.com");
        Verification.Of(request).Holds();

        var forwarded = new SignerV4().SignHeader(new TestRequest());
        forwarded.Host = "internal:9000";
        Verification.Of(forwarded.With("X-Forwarded-Host", "s3.example.com:8080")).Refused("SignatureDoesNotMatch");
    }

    [Fact]
    public void Signature_v2_covers_the_bucket_that_the_host_names()
    {
        var request = new SignerV2().SignHeader(new TestRequest { Path = "/key", VirtualHostedBucket = "bucket" });
        Verification.Of(request.Copy()).Holds();

        var other = request.Copy();
        other.VirtualHostedBucket = "other";
        Verification.Of(other).Refused("SignatureDoesNotMatch");

        var pathStyle = request.Copy();
        pathStyle.VirtualHostedBucket = null;
        pathStyle.Path = "/bucket/key";
        Verification.Of(pathStyle).Holds();
    }
}
