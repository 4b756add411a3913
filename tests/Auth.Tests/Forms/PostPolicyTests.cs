using System.Text;
using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Forms;

namespace S3Cassandra.Auth.Tests.Forms;

/// <summary>POST policies: what they are, and what they let through (AWS: "POST Policy").</summary>
public class PostPolicyTests
{
    private const string Expiration = "2030-01-01T00:00:00.000Z";

    private static readonly DateTimeOffset Now = new(2029, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string, string?> Conditions => new()
    {
        // condition, field, value, what fails
        { """{"acl": "private"}""", "acl", "private", null },
        { """{"acl": "private"}""", "acl", "public-read", """["eq", "$acl", "private"]""" },
        { """{"ACL": "private"}""", "acl", "private", null },
        { """["eq", "$acl", "private"]""", "Acl", "private", null },
        { """["eq",  "$acl","private"]""", "acl", "Private", """["eq",  "$acl","private"]""" },
        { """["eq", "acl", "private"]""", "acl", "private", """["eq", "acl", "private"]""" },
        { """["EQ", "$acl", "private"]""", "acl", "private", null },
        { """["starts-with", "$x-amz-meta-a", "pre"]""", "x-amz-meta-a", "prefix", null },
        { """["starts-with", "$x-amz-meta-a", "pre"]""", "x-amz-meta-a", "Prefix", """["starts-with", "$x-amz-meta-a", "pre"]""" },
        { """["starts-with", "$x-amz-meta-a", ""]""", "x-amz-meta-a", "", null },
        { """["starts-with", "$x-amz-meta-a", ""]""", "x-ignore-other", "v", """["starts-with", "$x-amz-meta-a", ""]""" },
        { """["starts-with", "$Content-Type", "image/"]""", "content-type", "image/png, image/jpeg", null },
        { """["starts-with", "$Content-Type", "image/"]""", "Content-Type", "image/png,text/html", """["starts-with", "$Content-Type", "image/"]""" },
        { """{"x-amz-meta-a": "one,two"}""", "x-amz-meta-a", "one|two", null },
        { """{"x-amz-meta-a": "\$1 \" \\"}""", "x-amz-meta-a", "$1 \" \\", null },
        { """{"x-amz-meta-a": "\""}""", "x-amz-meta-a", "'", """["eq", "$x-amz-meta-a", "\""]""" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_is_met_or_says_that_it_is_not(string condition, string field, string values, string? failed)
    {
        var form = new FormFields();
        foreach (var value in values.Split('|'))
        {
            form.Add(field, value);
        }

        var failure = Check($$"""[{"bucket": "b"}, {{condition}}]""", form, out _);
        Assert.Equal(failed is null ? null : "Invalid according to Policy: Policy Condition failed: " + failed, failure?.Message);
        Assert.Equal(failed is null ? null : "AccessDenied", failure?.Code);
    }

    [Fact]
    public void Every_field_needs_a_condition_but_what_is_signed_and_what_is_to_be_ignored()
    {
        var form = new FormFields();
        foreach (var name in new[] { "key", "policy", "X-Amz-Signature", "signature", "AWSAccessKeyId", "x-ignore-me", "bucket" })
        {
            form.Add(name, "v");
        }

        Assert.Null(Check("""[{"bucket": "b"}, {"key": "v"}]""", form, out _));
        form.Add("Filename", "v");
        form.Add("x-amz-date", "v");
        Assert.Equal(
            "Invalid according to Policy: Extra input fields: Filename, x-amz-date",
            Check("""[{"bucket": "b"}, {"key": "v"}, ["content-length-range", 1, 2]]""", form, out _)!.Message);
    }

    [Theory]
    [InlineData("""[]""", "Extra input fields: bucket")]
    [InlineData("""[{"bucket": "other"}]""", """Policy Condition failed: ["eq", "$bucket", "other"]""")]
    [InlineData("""[["starts-with", "$bucket", "b"]]""", null)]
    public void The_bucket_is_that_of_the_request_and_has_to_be_covered(string conditions, string? failed)
    {
        var form = new FormFields();
        form.Add("bucket", "other");
        Assert.Equal(failed is null ? null : "Invalid according to Policy: " + failed, Check(conditions, form, out _)?.Message);
    }

    [Theory]
    [InlineData("""["content-length-range", 3, 10]""", 3, 10)]
    [InlineData("""["content-length-range", "3", "10"]""", 3, 10)]
    [InlineData("""["content-length-range", 3, 10], ["content-length-range", 4, 20]""", 4, 10)]
    [InlineData("""{"x-a": "v"}""", 0, long.MaxValue)]
    public void Ranges_hold_together(string conditions, long min, long max)
    {
        var form = new FormFields();
        form.Add("x-a", "v");
        Check($$"""[{"bucket": "b"}, ["starts-with", "$x-a", ""], {{conditions}}]""", form, out var range);
        Assert.Equal(new FileLengthRange(min, max), range);
    }

    [Fact]
    public void A_policy_expires()
    {
        Assert.Null(PostPolicy.Read(Encode($$"""{"expiration": "{{Expiration}}", "conditions": [{"bucket": "b"}]}"""), out var policy));
        var end = policy!.Expiration;
        Assert.Null(policy.Check(new FormFields(), "b", end.AddTicks(-1), out _));
        Assert.Equal("Invalid according to Policy: Policy expired.", policy.Check(new FormFields(), "b", end, out _)!.Message);
    }

    [Theory]
    [InlineData("", "Expecting '{' but found End-of-Input")]
    [InlineData("x", "Invalid JSON.")]
    [InlineData("[]", "Invalid JSON.")]
    [InlineData("{\"expiration\": \"2030-01-01T00:00:00Z\"}", "Policy missing conditions.")]
    [InlineData("{\"conditions\": []}", "Policy missing expiration.")]
    [InlineData("{\"expiration\": true, \"conditions\": []}", "Invalid JSON.")]
    [InlineData("{\"expiration\": \"2030-01-01T00:00:00+02:00\", \"conditions\": []}", "Invalid 'expiration' value: '2030-01-01T00:00:00+02:00'")]
    [InlineData("{\"expiration\": \"2030-01-01 00:00:00Z\", \"conditions\": []}", "Invalid 'expiration' value: '2030-01-01 00:00:00Z'")]
    [InlineData("{\"expiration\": \"2030-01-01T00:00:00Z\", \"conditions\": {}}", "Invalid 'conditions' value: must be a List.")]
    [InlineData("{\"Statement\": []}", "Unexpected: \"statement\"")]
    [InlineData("{\"conditions\": [], \"conditions\": []}", "Invalid JSON.")]
    [InlineData("[1]", "Invalid condition test: must be a List or Object.", true)]
    [InlineData("[[]]", "Invalid Condition: missing operation identifier.", true)]
    [InlineData("[[\"like\", \"$a\", \"b\"]]", "Invalid Condition: unknown operation 'like'.", true)]
    [InlineData("[[\"eq\", \"$a\"]]", "Invalid eq: wrong number of arguments.", true)]
    [InlineData("[[\"eq\", \"$a\", 1]]", "Invalid JSON.", true)]
    [InlineData("[[\"content-length-range\", 0, 1.5]]", "Invalid JSON.", true)]
    [InlineData("[[\"content-length-range\", \"a\", 1]]", "Invalid JSON.", true)]
    [InlineData("[[\"content-length-range\", 0, 99999999999999999999]]", "Invalid JSON.", true)]
    [InlineData("[{\"a\": \"b\", \"c\": \"d\"}]", "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.", true)]
    [InlineData("[{}]", "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.", true)]
    [InlineData("[{\"a\": 1}]", "Invalid Simple-Condition: value must be a string.", true)]
    [InlineData("[{\"a\": null}]", "Invalid JSON.", true)]
    [InlineData("[{\"a\": \"\\ud800\"}]", "Invalid JSON.", true)]
    [InlineData("[[[[[[[[[[]]]]]]]]]]", "Invalid JSON.", true)]
    public void What_is_no_policy_is_refused(string document, string reason, bool isConditions = false)
    {
        var json = isConditions ? $$"""{"expiration": "{{Expiration}}", "conditions": {{document}}}""" : document;
        var failure = PostPolicy.Read(Encode(json), out var policy);
        Assert.Null(policy);
        Assert.Equal(("InvalidPolicyDocument", "Invalid Policy: " + reason), (failure!.Code, failure.Message));
    }

    [Theory]
    [InlineData("not_base64!")]
    [InlineData("e30")]
    public void A_policy_is_base64(string policy) =>
        Assert.Equal("Invalid Policy: invalid Base64 encoding.", PostPolicy.Read(policy, out _)!.Message);

    [Fact]
    public void A_policy_changed_anywhere_is_read_or_refused_and_breaks_nothing()
    {
        var valid = Encoding.UTF8.GetBytes($$"""{"expiration": "{{Expiration}}", "conditions": [{"a": "\$b\u0041"}, ["eq", "$c", "d"], ["content-length-range", 1, "2"],]}""");
        var random = new Random(7);
        for (var round = 0; round < 5_000; round++)
        {
            var changed = valid.ToArray();
            for (var change = random.Next(3); change >= 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            var length = round % 7 == 0 ? random.Next(changed.Length) : changed.Length;
            var failure = PostPolicy.Read(Convert.ToBase64String(changed, 0, length), out var policy);
            Assert.True(policy is null ? failure?.Code == "InvalidPolicyDocument" : failure is null);
        }
    }

    [Theory]
    [InlineData("example.jpg", "user/example.jpg/example.jpg")]
    [InlineData("C:\\Program Files\\directory1\\file.txt", "user/file.txt/file.txt")]
    [InlineData("/home/a/b.txt", "user/b.txt/b.txt")]
    [InlineData("", "user//")]
    public void The_files_name_goes_into_every_field(string filename, string expected)
    {
        var form = new FormFields();
        form.Add("key", "user/${filename}/${filename}");
        form.Add("x-amz-meta-name", "${filename");
        var expanded = form.WithFilename(filename, 1000)!;
        Assert.Equal((expected, "${filename"), (expanded.Get("KEY"), expanded.Get("x-amz-meta-name")));
    }

    [Fact]
    public void A_short_form_does_not_become_a_long_one()
    {
        var form = new FormFields();
        form.Add("key", string.Concat(Enumerable.Repeat("${filename}", 900)));
        Assert.Null(form.WithFilename(new string('a', 10_000), 64 * 1024));
        Assert.NotNull(form.WithFilename("a", 64 * 1024));
    }

    private static AuthFailure? Check(string conditions, FormFields form, out FileLengthRange range)
    {
        Assert.Null(PostPolicy.Read(Encode($$"""{"expiration": "{{Expiration}}", "conditions": {{conditions}}}"""), out var policy));
        return policy!.Check(form, "b", Now, out range);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
