using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 2: an <c>x-amz-*</c> header that the signature does not cover never counts.</summary>
public sealed class Attack02UnsignedHeaderTests
{
    public static TheoryData<string> Names() =>
    [
        "x-amz-copy-source", "X-Amz-Copy-Source", "x-amz-acl", "x-amz-tagging", "x-amz-meta-a", "x-amz-storage-class", "x-amz-trailer",
        "x-amz-server-side-encryption", "x-amz-object-lock-mode", "x-amz-bypass-governance-retention", "x-amz-website-redirect-location",
        "x-amz-decoded-content-length", "x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm", "x-amz-expected-bucket-owner",
        "x-amz-grant-full-control", "X-AMZ-METADATA-DIRECTIVE", "x-amz-",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused_by_name_in_both_places(string name)
    {
        Verification.Of(new SignerV4().SignHeader(new TestRequest()).With(name, "v")).Refused("AccessDenied");
        var verification = Verification.Of(new SignerV4().SignQuery(new TestRequest()).With(name, "v"));
        var failure = verification.Refused("AccessDenied");
        Assert.Equal("There were headers present in the request which were not signed", failure.Message);
        Assert.Equal(name.ToLowerInvariant(), verification.Detail("HeadersNotSigned"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_breaks_signature_v2(string name)
    {
        Verification.Of(new SignerV2().SignHeader(new TestRequest()).With(name, "v")).Refused("SignatureDoesNotMatch");
        Verification.Of(new SignerV2().SignQuery(new TestRequest()).With(name, "v")).Refused("SignatureDoesNotMatch");
    }

    [Fact]
    public void Several_are_named_together()
    {
        var verification = Verification.Of(
            new SignerV4().SignHeader(new TestRequest()).With("X-Amz-Copy-Source", "b/k").With("X-Amz-Tagging", "a=b"));
        verification.Refused("AccessDenied");
        Assert.Equal("x-amz-copy-source, x-amz-tagging", verification.Detail("HeadersNotSigned"));
    }

    [Fact]
    public void Another_line_of_a_signed_header_breaks_the_signature()
    {
        var request = new SignerV4().SignHeader(new TestRequest().With("x-amz-meta-a", "1"));
        request.Headers.Add("X-Amz-Meta-A", "2");
        Verification.Of(request).Refused("SignatureDoesNotMatch");
    }

    [Fact]
    public void Headers_outside_the_prefix_need_no_signature()
    {
        var request = new SignerV4().SignHeader(new TestRequest())
            .With("Content-Type", "text/plain")
            .With("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")
            .With("X-Amzn-Trace-Id", "Root=1")
            .With("User-Agent", "curl");
        Verification.Of(request).Holds();
    }

    [Fact]
    public void What_is_listed_counts_even_when_it_need_not_be()
    {
        var request = new SignerV4().SignHeader(new TestRequest().With("Content-Type", "text/plain").With("Content-MD5", "a=="));
        Verification.Of(request.Copy()).Holds();
        request.Headers["Content-Type"] = "text/html";
        Verification.Of(request).Refused("SignatureDoesNotMatch");
    }

    [Fact]
    public void Content_sha256_may_stay_unsigned_yet_selects_no_weaker_verifier()
    {
        const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        var signer = new SignerV4 { SignedHeaders = ["host", "x-amz-date"] };
        var request = signer.SignHeader(new TestRequest(), Hash);
        Assert.Equal(PayloadMode.Signed, Verification.Of(request).Holds().Payload.Mode);
        foreach (var weaker in (string[])["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", Hash[..63] + "4"])
        {
            request.Headers["x-amz-content-sha256"] = weaker;
            Verification.Of(request).Refused("SignatureDoesNotMatch");
        }

        request.Headers.Remove("x-amz-content-sha256");
        Verification.Of(request).Refused("InvalidRequest");
    }

    [Fact]
    public void Beside_a_presigned_url_an_unsigned_content_sha256_breaks_the_signature()
    {
        const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Verification.Of(new SignerV4().SignQuery(new TestRequest()).With("x-amz-content-sha256", Hash)).Refused("SignatureDoesNotMatch");
        Verification.Of(new SignerV4().SignQuery(new TestRequest()).With("x-amz-content-sha256", "UNSIGNED-PAYLOAD")).Holds();
    }

    [Fact]
    public void A_header_that_repeats_a_hoisted_parameter_counts_as_signed()
    {
        var request = new SignerV4().SignQuery(new TestRequest { Query = "x-amz-acl=private&X-Amz-Tagging=a%3Db" });
        Verification.Of(request.Copy()).Holds();
        Verification.Of(request.Copy().With("X-Amz-Acl", "private").With("x-amz-tagging", "a=b")).Holds();
        Verification.Of(request.Copy().With("X-Amz-Acl", "public-read")).Refused("AccessDenied");
    }

    [Theory]
    [InlineData("x-amz-acl=public-read")]
    [InlineData("X-Amz-Copy-Source=b%2Fk")]
    [InlineData("x-id=GetObject")]
    [InlineData("tagging")]
    public void A_parameter_added_to_a_presigned_url_breaks_the_signature(string parameter)
    {
        var request = new SignerV4().SignQuery(new TestRequest());
        request.AppendQuery(parameter);
        Verification.Of(request).Refused("SignatureDoesNotMatch");
    }
}
