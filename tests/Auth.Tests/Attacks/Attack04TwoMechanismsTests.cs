using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 4: two credentials at once, repeated parameters, and Signature V2 switched off or short of a sub-resource.</summary>
public sealed class Attack04TwoMechanismsTests
{
    private static readonly string[] Credentials =
    [
        "X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Credential=a", "X-Amz-Signature=00", "x-amz-signature=00", "%58-Amz-Signature=00",
        "AWSAccessKeyId=a", "Signature=b", "AWSAccessKeyId=a&Signature=b&Expires=9999999999", "%41WSAccessKeyId=a",
    ];

    public static TheoryData<string> QueryCredentials() => [.. Credentials];

    [Theory]
    [MemberData(nameof(QueryCredentials))]
    public void Header_and_query_together_are_refused(string query)
    {
        Verification.Of(new SignerV4().SignHeader(new TestRequest { Query = query })).Refused("InvalidArgument");
        Verification.Of(new SignerV2().SignHeader(new TestRequest { Query = query })).Refused("InvalidArgument");
    }

    [Fact]
    public void V4_and_v2_in_one_query_are_refused()
    {
        var request = new SignerV2().SignQuery(new SignerV4().SignQuery(new TestRequest()));
        Verification.Of(request).Refused("InvalidArgument");
    }

    [Fact]
    public void Two_authorization_headers_are_refused()
    {
        var request = new SignerV4().SignHeader(new TestRequest());
        request.Headers.Add("authorization", request.Headers["Authorization"]!);
        Verification.Of(request).Refused("InvalidArgument");
    }

    [Theory]
    [InlineData("X-Amz-Algorithm")]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Signature")]
    [InlineData("x-amz-acl")]
    public void A_repeated_amz_parameter_is_refused_in_any_spelling(string name)
    {
        foreach (var spelling in (string[])[name, name.ToLowerInvariant(), name.ToUpperInvariant(), name.Replace("-", "%2D", StringComparison.Ordinal)])
        {
            var first = new SignerV4().SignQuery(new TestRequest { Query = "x-amz-acl=private" });
            var value = first.Query.Split('&').Single(pair => pair.StartsWith(name + "=", StringComparison.Ordinal)).Split('=', 2)[1];
            first.AppendQuery($"{spelling}={value}");
            Verification.Of(first).Refused("AuthorizationQueryParametersError");
        }
    }

    [Theory]
    [InlineData("AWSAccessKeyId")]
    [InlineData("Expires")]
    [InlineData("Signature")]
    public void A_repeated_v2_parameter_is_refused(string name)
    {
        var request = new SignerV2().SignQuery(new TestRequest());
        request.AppendQuery($"{name}=9999999999");
        Verification.Of(request).Refused("InvalidRequest");
    }

    [Fact]
    public void V2_can_be_switched_off()
    {
        var off = Verification.Options with { SignatureV2Allowed = false };
        Verification.Of(new SignerV2().SignHeader(new TestRequest())).Holds();
        Verification.Of(new SignerV2().SignQuery(new TestRequest())).Holds();
        var failure = Verification.Of(new SignerV2().SignHeader(new TestRequest()), off).Refused("InvalidRequest");
        Assert.Contains("Please use AWS4-HMAC-SHA256", failure.Message, StringComparison.Ordinal);
        Verification.Of(new SignerV2().SignQuery(new TestRequest()), off).Refused("InvalidRequest");
        Verification.Of(new TestRequest().With("Authorization", "AWS seed_signature"), off).Refused("InvalidRequest");
    }

    [Theory]
    [InlineData("acl")]
    [InlineData("cors")]
    [InlineData("delete")]
    [InlineData("encryption")]
    [InlineData("legal-hold")]
    [InlineData("lifecycle")]
    [InlineData("object-lock")]
    [InlineData("ownershipControls")]
    [InlineData("partNumber=1")]
    [InlineData("policy")]
    [InlineData("publicAccessBlock")]
    [InlineData("response-content-type=text%2Fhtml")]
    [InlineData("retention")]
    [InlineData("tagging")]
    [InlineData("uploadId=u")]
    [InlineData("uploads")]
    [InlineData("versionId=v")]
    [InlineData("versioning")]
    [InlineData("versions")]
    [InlineData("%61cl")]
    public void A_sub_resource_added_to_a_v2_request_breaks_its_signature(string added)
    {
        TestRequest[] requests = [new SignerV2().SignHeader(new TestRequest()), new SignerV2().SignQuery(new TestRequest())];
        foreach (var request in requests)
        {
            Verification.Of(request.Copy()).Holds();
            request.AppendQuery(added);
            Verification.Of(request).Refused("SignatureDoesNotMatch");
        }
    }

    [Fact]
    public void Other_parameters_are_outside_v2()
    {
        var request = new SignerV2().SignHeader(new TestRequest());
        request.AppendQuery("prefix=a&x-id=PutObject");
        Verification.Of(request).Holds();
    }
}
