using System.Text;
using S3Cassandra.Auth.Forms;
using S3Cassandra.Auth.Signatures;

namespace S3Cassandra.Auth.Tests.Forms;

/// <summary>The credential in a form's fields.</summary>
public class FormCredentialTests
{
    private const string KeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Credential = KeyId + "/20151229/us-east-1/s3/aws4_request";

    /// <summary>The policy of AWS's example (sigv4-post-example), line by line.</summary>
    private const string ExamplePolicy =
        "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",\r\n  \"conditions\": [\r\n    {\"bucket\": \"sigv4examplebucket\"},\r\n"
        + "    [\"starts-with\", \"$key\", \"user/user1/\"],\r\n    {\"acl\": \"public-read\"},\r\n"
        + "    {\"success_action_redirect\": \"http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html\"},\r\n"
        + "    [\"starts-with\", \"$Content-Type\", \"image/\"],\r\n    {\"x-amz-meta-uuid\": \"14365123651274\"},\r\n"
        + "    {\"x-amz-server-side-encryption\": \"AES256\"},\r\n    [\"starts-with\", \"$x-amz-meta-tag\", \"\"],\r\n\r\n"
        + "    {\"x-amz-credential\": \"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request\"},\r\n"
        + "    {\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"},\r\n    {\"x-amz-date\": \"20151229T000000Z\" }\r\n  ]\r\n}";

    private static readonly DateTimeOffset Day = new(2015, 12, 29, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Now = Day.AddHours(1);

    [Fact]
    public void The_example_of_AWS_holds()
    {
        var claim = Read(Example()).Claim!;
        Assert.Equal((KeyId, SignatureVersion.V4, SignaturePlace.Form), (claim.AccessKeyId, claim.Version, claim.Place));
        Assert.True(claim.Verify(Secret).IsValid);
        var refused = claim.Verify(Secret + "x").Failure!;
        Assert.Equal("SignatureDoesNotMatch", refused.Code);
        Assert.Equal(["AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes"], refused.Details.Select(detail => detail.Key));
        Assert.False(claim.Verify("").IsValid);
    }

    [Fact]
    public void The_example_keeps_to_its_policy()
    {
        var form = Example();
        Assert.Null(PostPolicy.Read(form.Get("policy")!, out var policy));
        Fill(form);
        Assert.Null(policy!.Check(form, "sigv4examplebucket", Now, out _));
    }

    [Fact]
    public void Any_change_of_policy_or_signature_is_noticed()
    {
        foreach (var name in new[] { "policy", "x-amz-signature" })
        {
            var value = Example().Get(name)!;
            for (var index = 0; index < value.Length; index += 13)
            {
                var changed = value[..index] + (value[index] == 'a' ? 'b' : 'a') + value[(index + 1)..];
                Assert.False(Read(Example((name, changed))).Claim!.Verify(Secret).IsValid);
            }

            Assert.False(Read(Example((name, value + " "))).Claim!.Verify(Secret).IsValid);
            Assert.False(Read(Example((name, ""))).Claim!.Verify(Secret).IsValid);
        }
    }

    [Theory]
    [InlineData("x-amz-algorithm")]
    [InlineData("x-amz-credential")]
    [InlineData("x-amz-date")]
    [InlineData("policy")]
    [InlineData("x-amz-signature")]
    public void A_field_that_is_missing_is_named(string name) => IsInvalid(
        Read(Example((name, null))), $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.", name, "");

    [Theory]
    [InlineData("x-amz-algorithm", "AWS4-HMAC-SHA1", "Only AWS4-HMAC-SHA256 is supported")]
    [InlineData("x-amz-date", "2015-12-29", "X-Amz-Date must be formated via ISO8601 Long format")]
    [InlineData("x-amz-credential", "nonsense", "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")]
    [InlineData("x-amz-credential", "/20151229/us-east-1/s3/aws4_request", "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")]
    [InlineData("x-amz-credential", KeyId + "/20151229/us-east-1/iam/aws4_request", "incorrect service \"iam\". This endpoint belongs to \"s3\".")]
    [InlineData("x-amz-credential", KeyId + "/20151229/us-east-1/s3/aws5_request", "incorrect terminal \"aws5_request\". This endpoint uses \"aws4_request\".")]
    [InlineData("x-amz-credential", KeyId + "/20151229/eu-west-1/s3/aws4_request", "the region \"eu-west-1\" is wrong; expecting \"us-east-1\"")]
    [InlineData("x-amz-credential", KeyId + "/20151228/us-east-1/s3/aws4_request", "Invalid credential date \"20151228\". This date is not the same as X-Amz-Date: \"20151229\".")]
    public void A_field_that_is_wrong_is_named(string name, string value, string message) => IsInvalid(
        Read(Example((name, value))), message, name switch { "x-amz-algorithm" => "X-Amz-Algorithm", "x-amz-date" => "X-Amz-Date", _ => name }, value);

    [Fact]
    public void A_form_is_good_for_seven_days_and_not_before_its_date()
    {
        Assert.NotNull(Read(Example(), Day.AddDays(7)).Claim);
        Assert.Equal("Invalid according to Policy: Policy expired.", Read(Example(), Day.AddDays(7).AddSeconds(1)).Failure!.Message);
        Assert.NotNull(Read(Example(), Day.AddMinutes(-15)).Claim);
        Assert.Equal("AccessDenied", Read(Example(), Day.AddMinutes(-15).AddSeconds(-1)).Failure!.Code);
    }

    [Fact]
    public void Signature_V2_holds_where_it_is_allowed()
    {
        // AWS: "Upload examples (AWS signature version 2)"; the signature is what OpenSSL makes of this policy and secret.
        var policy = Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"expiration\": \"2030-01-01T00:00:00Z\", \"conditions\": []}"));
        var form = Fields(("awsaccesskeyid", KeyId), ("Policy", policy), ("Signature", "ZooyT486f8HC3m4OWUZbCvo123Q="));
        var claim = Read(form).Claim!;
        Assert.Equal((KeyId, SignatureVersion.V2, SignaturePlace.Form), (claim.AccessKeyId, claim.Version, claim.Place));
        Assert.True(claim.Verify(Secret).IsValid);
        Assert.Equal("SignatureDoesNotMatch", claim.Verify(Secret + "x").Failure!.Code);
        Assert.False(claim.Verify("").IsValid);
        Assert.Equal("InvalidRequest", Verifier(v2: false).Parse(form, "s3", Now).Failure!.Code);
        IsInvalid(Read(Fields(("Signature", "x"))), "Bucket POST must contain a field named 'AWSAccessKeyId'.  If it is specified, please check the order of the fields.", "AWSAccessKeyId", "");
        Assert.Equal("InvalidAccessKeyId", Read(Fields(("AWSAccessKeyId", new string('a', 129)), ("policy", "x"), ("signature", "x"))).Failure!.Code);
    }

    [Fact]
    public void A_session_token_goes_with_the_claim_and_has_to_be_covered_by_the_policy()
    {
        var form = Example(("x-amz-security-token", "token"));
        Assert.Equal("token", Read(form).Claim!.SecurityToken);
        Assert.Null(Read(Example()).Claim!.SecurityToken);
        Assert.Equal("InvalidToken", Read(Example(("x-amz-security-token", ""))).Failure!.Code);
        Assert.Null(PostPolicy.Read(form.Get("policy")!, out var policy));
        Fill(form);
        Assert.Contains("x-amz-security-token", policy!.Check(form, "sigv4examplebucket", Now, out _)!.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Without_a_credential_it_is_anonymous_and_with_two_it_is_refused()
    {
        Assert.True(Read(Fields(("key", "k"), ("policy", "x"))).IsAnonymous);
        Assert.Equal("InvalidArgument", Read(Example(("AWSAccessKeyId", KeyId))).Failure!.Code);
    }

    private static void Fill(FormFields form)
    {
        form.Add("key", "user/user1/MyPicture.jpg");
        form.Add("acl", "public-read");
        form.Add("success_action_redirect", "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html");
        form.Add("Content-Type", "image/jpeg");
        form.Add("x-amz-meta-uuid", "14365123651274");
        form.Add("x-amz-server-side-encryption", "AES256");
        form.Add("x-amz-meta-tag", "");
    }

    private static FormFields Example(params (string Name, string? Value)[] changes)
    {
        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["x-amz-algorithm"] = "AWS4-HMAC-SHA256",
            ["x-amz-credential"] = Credential,
            ["x-amz-date"] = "20151229T000000Z",
            ["policy"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(ExamplePolicy)),
            ["x-amz-signature"] = "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e",
        };
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return Fields([.. fields.Where(field => field.Value is not null).Select(field => (field.Key, field.Value!))]);
    }

    private static FormFields Fields(params (string Name, string Value)[] fields)
    {
        var form = new FormFields();
        foreach (var (name, value) in fields)
        {
            form.Add(name, value);
        }

        return form;
    }

    private static FormVerifier Verifier(bool v2 = true) => new(new SignatureOptions { Region = "us-east-1", SignatureV2Allowed = v2 });

    private static SignatureParse Read(FormFields form, DateTimeOffset? now = null) => Verifier().Parse(form, "s3", now ?? Now);

    private static void IsInvalid(SignatureParse parse, string message, string name, string value)
    {
        var failure = parse.Failure!;
        Assert.Equal(("InvalidArgument", message), (failure.Code, failure.Message));
        Assert.Equal([new("ArgumentName", name), new("ArgumentValue", value)], failure.Details.Take(2));
    }
}
