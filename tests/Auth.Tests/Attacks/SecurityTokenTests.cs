using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>A session token counts only where the signature covers it, wherever it stands; two that differ count as none.</summary>
public sealed class SecurityTokenTests
{
    private const string Header = "x-amz-security-token";

    private static TestRequest Tokened(string token = "token") => new TestRequest().With(Header, token);

    private static void Has(string? token, TestRequest request) => Assert.Equal(token, Verification.Of(request).Holds().Claim!.SecurityToken);

    [Fact]
    public void It_is_found_in_the_header_and_in_the_url()
    {
        Has("token", new SignerV4().SignHeader(Tokened()));
        Has("token", new SignerV4().SignQuery(Tokened()));
        Has("token", new SignerV4().SignQuery(new TestRequest { Query = "X-Amz-Security-Token=token" }));
        Has("token", new SignerV2().SignHeader(Tokened()));
        Has("token", new SignerV2().SignQuery(Tokened()));
        Has(null, new SignerV4().SignHeader(new TestRequest()));
        Has(null, new SignerV4().SignQuery(new TestRequest()));
        Has(null, new SignerV2().SignHeader(new TestRequest()));
    }

    [Fact]
    public void Added_after_signing_in_a_header_it_is_refused()
    {
        Verification.Of(new SignerV4().SignHeader(new TestRequest()).With(Header, "token")).Refused("AccessDenied");
        Verification.Of(new SignerV4().SignQuery(new TestRequest()).With(Header, "token")).Refused("AccessDenied");
        Verification.Of(new SignerV2().SignHeader(new TestRequest()).With(Header, "token")).Refused("SignatureDoesNotMatch");
        Verification.Of(new SignerV2().SignQuery(new TestRequest()).With(Header, "token")).Refused("SignatureDoesNotMatch");
    }

    [Fact]
    public void Added_after_signing_in_the_url_it_is_refused()
    {
        var v4 = new SignerV4().SignQuery(new TestRequest());
        v4.AppendQuery("X-Amz-Security-Token=token");
        Verification.Of(v4).Refused("SignatureDoesNotMatch");
        var v2 = new SignerV2().SignQuery(new TestRequest());
        v2.AppendQuery("x-amz-security-token=token");
        Verification.Of(v2).Refused("SignatureDoesNotMatch");
    }

    [Fact]
    public void Exchanged_after_signing_it_is_refused()
    {
        var header = new SignerV4().SignHeader(Tokened());
        header.Headers.Remove(Header);
        Verification.Of(header.With(Header, "other")).Refused("SignatureDoesNotMatch");
        var query = new SignerV4().SignQuery(new TestRequest { Query = "X-Amz-Security-Token=token" });
        query.Query = query.Query.Replace("Token=token", "Token=other", StringComparison.Ordinal);
        Verification.Of(query).Refused("SignatureDoesNotMatch");
    }

    [Fact]
    public void Two_that_differ_and_an_empty_one_are_invalid()
    {
        Verification.Of(new SignerV4().SignQuery(new TestRequest { Query = "X-Amz-Security-Token=one" }.With(Header, "two"))).Refused("InvalidToken");
        Verification.Of(new SignerV4().SignHeader(Tokened().With(Header, "two"))).Refused("InvalidToken");
        Verification.Of(new SignerV4().SignHeader(Tokened(""))).Refused("InvalidToken");
        Has("one", new SignerV4().SignQuery(new TestRequest { Query = "X-Amz-Security-Token=one" }.With(Header, "one")));
    }

    [Fact]
    public void Version_2_signs_it_in_a_url_as_a_header()
    {
        var request = new SignerV2().SignQuery(Tokened());
        request.Headers.Remove(Header);
        request.AppendQuery("x-amz-security-token=token");
        Has("token", request);
        request.Query = request.Query.Replace("token=token", "token=other", StringComparison.Ordinal);
        Verification.Of(request).Refused("SignatureDoesNotMatch");
    }
}
