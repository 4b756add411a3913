using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Signatures;

public sealed class AuthorizationHeaderTests
{
    private const string Credential = "Credential=AKIATESTTESTTESTTEST/20261123/us-east-1/s3/aws4_request";

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 {0}, {1}, {2}")]
    [InlineData("AWS4-HMAC-SHA256 {0},{1},{2}")]
    [InlineData("AWS4-HMAC-SHA256   {0} ,  {1} ,\t{2}  ")]
    [InlineData("AWS4-HMAC-SHA256 {2}, {1}, {0}")]
    public void Spaces_and_order_are_free(string form)
    {
        var request = new SignerV4().SignHeader(new TestRequest());
        var parts = request.Headers["Authorization"]!["AWS4-HMAC-SHA256 ".Length..].Split(", ");
        request.Headers["Authorization"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, parts[0], parts[1], parts[2]);
        Verification.Of(request).Holds();
    }

    [Theory]
    [InlineData("invalid_header", "InvalidArgument", "Authorization header is invalid -- one and only one ' ' (space) required.")]
    [InlineData("AWS4-HMAC-SHA256", "InvalidArgument", "Authorization header is invalid -- one and only one ' ' (space) required.")]
    [InlineData("AWS2-HMAC-SHA1 a=b", "InvalidArgument", "Unsupported Authorization Type")]
    [InlineData("Basic dXNlcjpwYXNz", "InvalidArgument", "Unsupported Authorization Type")]
    [InlineData("Bearer t", "InvalidArgument", "Unsupported Authorization Type")]
    [InlineData("aws4-hmac-sha256 a=b", "InvalidArgument", "Unsupported Authorization Type")]
    [InlineData("AWS HAHAHA", "InvalidArgument", "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature")]
    [InlineData("AWS :sig", "InvalidArgument", "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature")]
    [InlineData("AWS a b:c", "InvalidArgument", "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature")]
    [InlineData("AWS4-ECDSA-P256-SHA256 a=b", "InvalidRequest", "The authorization mechanism you have provided is not supported.")]
    public void Other_schemes_are_refused(string authorization, string code, string message)
    {
        var failure = Verification.Of(new TestRequest().With("Authorization", authorization)).Refused(code);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Details, detail => detail.Value.Contains("dXNlcjpwYXNz", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Credential=HAHAHA", "the authorization header requires three components: Credential, SignedHeaders, and Signature.")]
    [InlineData(Credential + ",Signature=s", "the authorization header requires three components: Credential, SignedHeaders, and Signature.")]
    [InlineData(Credential + ",SignedHeaders=host,Signature=s,X=y", "the authorization header requires three components")]
    [InlineData(Credential + ",SignedHeaders=host,Signature=s,", "the authorization header requires three components")]
    [InlineData(Credential + ",SignedHeaders-host,Signature=s", "the authorization component \"SignedHeaders-host\" is malformed.")]
    [InlineData("Cred=a,SignedHeaders=host,Signature=s", "missing Credential.")]
    [InlineData(Credential + ",missing=host,Signature=s", "missing SignedHeaders.")]
    [InlineData(Credential + ",SignedHeaders=host,missing=s", "missing Signature.")]
    [InlineData(Credential + ",SignedHeaders=host,SignedHeaders=host", "missing Signature.")]
    [InlineData(Credential + ",SignedHeaders=,Signature=s", "missing SignedHeaders.")]
    [InlineData("Credential=a/20261123/us-east-1/s3,SignedHeaders=host,Signature=s", "the Credential is mal-formed; expecting")]
    [InlineData("Credential=a/b/20261123/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=s", "the Credential is mal-formed; expecting")]
    [InlineData("Credential=/20261123/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=s", "the Credential is mal-formed; expecting")]
    [InlineData("Credential=a/32234/us-east-1/s3/aws_request,SignedHeaders=host,Signature=s", "incorrect terminal \"aws_request\".")]
    [InlineData("Credential=a/32234/us-east-1/ec2/aws4_request,SignedHeaders=host,Signature=s", "incorrect service \"ec2\".")]
    [InlineData("Credential=a/3223423234/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=s", "incorrect date format \"3223423234\".")]
    public void A_malformed_v4_header_is_told_what_is_wrong(string components, string message)
    {
        var request = new SignerV4().SignHeader(new TestRequest());
        request.Headers["Authorization"] = "AWS4-HMAC-SHA256 " + components;
        var failure = Verification.Of(request).Refused("AuthorizationHeaderMalformed");
        Assert.StartsWith("The authorization header is malformed; " + message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_a_credential_is_shown_as_it_came()
    {
        var verification = Verification.Of(new TestRequest().With("Authorization", "invalid_header"));
        verification.Refused("InvalidArgument");
        Assert.Equal(("Authorization", "invalid_header"), (verification.Detail("ArgumentName"), verification.Detail("ArgumentValue")));
    }

    [Fact]
    public void An_empty_header_is_no_credential() => Assert.True(Verification.Of(new TestRequest().With("Authorization", "")).IsAnonymous);

    [Fact]
    public void Its_length_and_the_number_of_signed_headers_have_limits()
    {
        var many = new TestRequest();
        for (var i = 0; i < 126; i++)
        {
            many.Headers.Add($"h{i}", "v");
        }

        var signer = new SignerV4 { SignedHeaders = [.. many.Headers.Names(), "host", "x-amz-date"] };
        Verification.Of(signer.SignHeader(many.Copy())).Holds();
        var tooMany = new SignerV4 { SignedHeaders = [.. many.Headers.Names(), "host", "x-amz-date", "x-amz-content-sha256"] };
        Verification.Of(tooMany.SignHeader(many.Copy())).Refused("AuthorizationHeaderMalformed");
        Verification.Of(tooMany.SignQuery(many.Copy())).Refused("AuthorizationQueryParametersError");

        var tooLong = new SignerV4().SignHeader(new TestRequest());
        tooLong.Headers["Authorization"] += new string('0', 8192);
        Verification.Of(tooLong).Refused("AuthorizationHeaderMalformed");
        Verification.Of(new SignerV4 { AccessKeyId = new string('a', 129) }.SignHeader(new TestRequest())).Refused("AuthorizationHeaderMalformed");
        Verification.Of(new SignerV2 { AccessKeyId = new string('a', 129) }.SignHeader(new TestRequest())).Refused("InvalidArgument");
        Verification.Of(new SignerV2 { AccessKeyId = new string('a', 129) }.SignQuery(new TestRequest())).Refused("AccessDenied");
    }

    [Fact]
    public void A_claim_says_who_and_how()
    {
        var header = Verification.Of(new SignerV4().SignHeader(new TestRequest())).Holds().Claim!;
        Assert.Equal((Keys.Id, SignatureVersion.V4, SignaturePlace.Header), (header.AccessKeyId, header.Version, header.Place));
        var query = Verification.Of(new SignerV4().SignQuery(new TestRequest())).Holds().Claim!;
        Assert.Equal((Keys.Id, SignatureVersion.V4, SignaturePlace.Query), (query.AccessKeyId, query.Version, query.Place));
    }

    [Fact]
    public void The_service_is_the_caller_s()
    {
        var verifier = new SignatureVerifier(Verification.Options);
        var request = new SignerV4 { Service = "iam" }.SignHeader(new TestRequest());
        Assert.True(verifier.Parse(request.ToSigned(), "iam").Claim!.Verify(Keys.Secret).IsValid);
        Assert.Equal("AuthorizationHeaderMalformed", verifier.Parse(request.ToSigned(), "s3").Failure?.Code);
    }

    [Fact]
    public void A_mismatch_shows_what_was_calculated_as_aws_does()
    {
        var verification = Verification.Of(new SignerV4 { Secret = "wrong" }.SignHeader(new TestRequest { Query = "b=2&a=1" }));
        verification.Refused("SignatureDoesNotMatch");
        Assert.Equal(Keys.Id, verification.Detail("AWSAccessKeyId"));
        Assert.Equal(
            "PUT\n/bucket/key\na=1&b=2\nhost:s3.example.com:8080\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:20261123T120000Z\n\n"
            + "host;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD",
            verification.Detail("CanonicalRequest"));
        Assert.StartsWith("50 55 54 0a 2f 62", verification.Detail("CanonicalRequestBytes"), StringComparison.Ordinal);
        Assert.StartsWith(
            "AWS4-HMAC-SHA256\n20261123T120000Z\n20261123/us-east-1/s3/aws4_request\n", verification.Detail("StringToSign"), StringComparison.Ordinal);
        Assert.StartsWith("41 57 53 34", verification.Detail("StringToSignBytes"), StringComparison.Ordinal);
        Assert.Equal(64, verification.Detail("SignatureProvided")!.Length);

        var v2 = Verification.Of(new SignerV2 { Secret = "wrong" }.SignHeader(new TestRequest()));
        v2.Refused("SignatureDoesNotMatch");
        Assert.Equal("PUT\n\n\nMon, 23 Nov 2026 12:00:00 GMT\n/bucket/key", v2.Detail("StringToSign"));
        Assert.Null(v2.Detail("CanonicalRequest"));
    }

    [Fact]
    public void One_verifier_serves_many_keys_days_and_threads()
    {
        var verifier = new SignatureVerifier(Verification.Options);
        Parallel.For(0, 5000, number =>
        {
            var secret = $"secret {number % 1500}";
            var date = TestRequest.Noon.AddDays(number % 7);
            var request = new SignerV4 { AccessKeyId = $"AKIA{number % 1500}", Secret = secret, Date = date }.SignHeader(new TestRequest { Now = date });
            var claim = verifier.Parse(request.ToSigned(), "s3").Claim!;
            Assert.True(claim.Verify(secret).IsValid);
            Assert.False(claim.Verify(secret + "x").IsValid);
            Assert.True(claim.Verify(secret).IsValid);
        });
    }
}
