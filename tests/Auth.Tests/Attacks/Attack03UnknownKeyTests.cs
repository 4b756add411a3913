using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 3: unknown keys and empty or default secrets.</summary>
public sealed class Attack03UnknownKeyTests
{
    [Fact]
    public void An_unknown_key_is_named_and_nothing_else()
    {
        var failure = AuthFailures.InvalidAccessKeyId("AKIANOSUCHKEY");
        Assert.Equal("InvalidAccessKeyId", failure.Code);
        Assert.Equal([new("AWSAccessKeyId", "AKIANOSUCHKEY")], failure.Details);
    }

    [Fact]
    public void An_empty_secret_verifies_nothing()
    {
        var v4 = new SignerV4 { Secret = "" };
        var v2 = new SignerV2 { Secret = "" };
        TestRequest[] requests =
        [
            v4.SignHeader(new()), v4.SignQuery(new()), v2.SignHeader(new()), v2.SignQuery(new()),
        ];
        foreach (var request in requests)
        {
            Verification.Of(request, secret: "").Refused("SignatureDoesNotMatch");
        }
    }

    [Fact]
    public void A_renewed_secret_ends_the_old_one_at_once()
    {
        var verifier = new SignatureVerifier(Verification.Options);
        var request = new SignerV4().SignHeader(new TestRequest());
        Assert.True(verifier.Parse(request.ToSigned(), "s3").Claim!.Verify(Keys.Secret).IsValid);
        Assert.False(verifier.Parse(request.ToSigned(), "s3").Claim!.Verify("another secret").IsValid);
        Assert.True(verifier.Parse(request.ToSigned(), "s3").Claim!.Verify(Keys.Secret).IsValid);
    }

    [Theory]
    [InlineData("AKIAX", "short67")]
    [InlineData("AK", "long enough secret")]
    [InlineData("minioadmin", "minioadmin")]
    [InlineData("AKIAX", "MINIOADMIN")]
    [InlineData("AKIAX", "rustfsadmin")]
    [InlineData("AKIAX", "changeme")]
    [InlineData("has/slash", "a-good-and-long-secret")]
    [InlineData("has space", "a-good-and-long-secret")]
    [InlineData("has:colon", "a-good-and-long-secret")]
    [InlineData("AKIAX", "tab\tin-the-secret")]
    [InlineData("AKIAX", "schlüssel-mit-umlaut")]
    public void Short_and_default_secrets_and_ids_that_break_headers_are_refused(string id, string secret)
    {
        var refusal = AccessKeyRules.Refusal(id, secret) ?? AccessKeyRules.Weakness(id, secret);
        Assert.NotNull(refusal);
        Assert.DoesNotContain(secret, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Made_keys_have_aws_form_and_are_accepted()
    {
        var keys = Enumerable.Range(0, 50).Select(_ => (Id: AccessKeyRules.NewId(), Secret: AccessKeyRules.NewSecret())).ToList();
        foreach (var (id, secret) in keys)
        {
            Assert.Matches("^AKIA[A-Z2-7]{16}$", id);
            Assert.Matches("^[A-Za-z0-9+/]{40}$", secret);
            Assert.Null(AccessKeyRules.Refusal(id, secret));
        }

        Assert.Equal(50, keys.Select(key => key.Id).Distinct().Count());
        Assert.Equal(50, keys.Select(key => key.Secret).Distinct().Count());
    }

    [Fact]
    public void A_key_does_not_print_its_secret() => Assert.DoesNotContain(
        Keys.Secret,
        new AccessKey(Keys.Id, Keys.Secret, Identity.Root("123456789012", new string('a', 64))).ToString(),
        StringComparison.Ordinal);
}
