using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Functional.Tests.Bucket;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Object;

/// <summary>Uploads by form: what a browser can do with a policy that was signed for it, and nothing else (attack 25).</summary>
public class PostObjectTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private S3Endpoint Endpoint => fixture.Server.Endpoint;

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(ServerFixture.InlineThreshold, true)]
    [InlineData(ServerFixture.InlineThreshold + 1, false)]
    [InlineData((3 * ServerFixture.ChunkSize) + 5, true)]
    [InlineData(20 * ServerFixture.ChunkSize, true)]
    public async Task What_was_sent_by_form_comes_back(int size, bool isV4)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var file = Bytes.Of(size);
        var form = new PostForm(Endpoint, bucket, "a dir/${filename}") { File = file, Filename = "C:\\x\\ü.bin", After = "\r\nmore that is ignored" };
        var posted = await (isV4 ? form.SignV4() : form.SignV2()).SendAsync(Token);

        Assert.True(posted.Status == HttpStatusCode.NoContent, posted.Text);
        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(file))}\"", posted.ETag);
        Assert.Equal($"{Endpoint.Url}/{bucket}/a%20dir%2F%C3%BC.bin", posted.Headers["Location"]);
        var got = await fixture.Raw.GetAsync(bucket, "a dir/ü.bin", Token);
        Assert.Equal(file, got.Body);
        Assert.Equal("binary/octet-stream", got.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Fields_are_what_headers_are_to_PutObject()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var posted = await new PostForm(Endpoint, bucket, "k")
            .With("Content-Type", "image/png").With("Cache-Control", "max-age=3").With("Content-Disposition", "inline").With("Content-Encoding", "gzip")
            .With("Content-Language", "de").With("Expires", "Thu, 01 Dec 2033 16:00:00 GMT").Condition("{\"x-amz-meta-name\": \"name.txt\"}").Uncovered("x-amz-meta-Name", "${filename}").With("X-Amz-Meta-Other", "v")
            .With("x-amz-storage-class", "STANDARD").With("acl", "private").With("x-amz-server-side-encryption", "AES256")
            .With("x-amz-checksum-algorithm", "SHA256").With("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData("file"u8)))
            .With("Content-MD5", Convert.ToBase64String(MD5.HashData("file"u8)))
            .With("tagging", "<Tagging><TagSet><Tag><Key>a+b</Key><Value>c=d</Value></Tag></TagSet></Tagging>")
            .Uncovered("x-ignore-this", "v").SignV4()
            .SendAsync(Token, null, ("Cache-Control", "no-cache"), ("Origin", "http://a.example"));
        Assert.True(posted.Status == HttpStatusCode.NoContent, posted.Text);
        Assert.Equal("AES256", posted.Headers["x-amz-server-side-encryption"]);
        Assert.True(posted.Headers.ContainsKey("x-amz-checksum-sha256"));

        var head = await fixture.Raw.HeadAsync(bucket, "k", Token);
        Assert.Equal("image/png", head.Headers["Content-Type"]);
        Assert.Equal("max-age=3", head.Headers["Cache-Control"]);
        Assert.Equal("inline", head.Headers["Content-Disposition"]);
        Assert.Equal("gzip", head.Headers["Content-Encoding"]);
        Assert.Equal("de", head.Headers["Content-Language"]);
        Assert.Equal("Thu, 01 Dec 2033 16:00:00 GMT", head.Headers["Expires"]);
        Assert.Equal(("name.txt", "v"), (head.Headers["x-amz-meta-name"], head.Headers["x-amz-meta-other"]));
        Assert.Equal("AES256", head.Headers["x-amz-server-side-encryption"]);
        var tags = (await fixture.Raw.GetAsync(bucket, "k", Token, "tagging")).Document("Tagging");
        Assert.Equal(["a+b", "c=d"], [.. tags.All("Key"), .. tags.All("Value")]);
    }

    [Theory]
    [InlineData("x-amz-checksum-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "BadDigest")]
    [InlineData("x-amz-checksum-sha256", "nonsense", "InvalidRequest")]
    [InlineData("x-amz-checksum-crc12", "AAAA", "InvalidRequest")]
    [InlineData("x-amz-checksum-algorithm", "CRC32", "InvalidRequest")]
    [InlineData("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==", "BadDigest")]
    [InlineData("Content-MD5", "nonsense", "InvalidDigest")]
    [InlineData("tagging", "nonsense", "MalformedXML")]
    [InlineData("tagging", "<Tagging><TagSet><Tag><Key></Key><Value>v</Value></Tag></TagSet></Tagging>", "InvalidTag")]
    [InlineData("acl", "nonsense", "InvalidArgument")]
    [InlineData("x-amz-storage-class", "NONSENSE", "InvalidStorageClass")]
    [InlineData("x-amz-meta-a", "b\r\nSet-Cookie: c", "InvalidArgument")]
    [InlineData("x-amz-meta-a b", "c", "InvalidArgument")]
    [InlineData("x-amz-copy-source", "/b/k", "InvalidArgument")]
    [InlineData("x-amz-trailer", "x-amz-checksum-crc32", "InvalidArgument")]
    [InlineData("x-amz-security-token", "nonsense", "InvalidToken")]
    public async Task A_field_that_is_wrong_is_refused_and_nothing_stays(string name, string value, string code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var posted = await new PostForm(Endpoint, bucket, "k") { File = Bytes.Of(200_000) }.With(name, value).SignV4().SendAsync(Token);
        posted.IsError(HttpStatusCode.BadRequest, code);
        Assert.Empty(await fixture.Raw.ListAsync(bucket, "", Token));
    }

    [Fact]
    public async Task The_policy_decides_what_a_form_may_hold()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var other = await fixture.Server.CreateBucketAsync(Token);
        PostForm New() => new(Endpoint, bucket, "user/${filename}");

        await RefusedAsync(New().Uncovered("x-amz-meta-a", "b").SignV4(), "Extra input fields: x-amz-meta-a");
        await RefusedAsync(New().With("acl", "private").SignV4().Replace("acl", "public-read"), "Policy Condition failed: [\"eq\", \"$acl\", \"private\"]");
        await RefusedAsync(New().Condition("[\"starts-with\", \"$key\", \"user/eve/\"]").SignV4(), "Policy Condition failed: [\"starts-with\", \"$key\", \"user/eve/\"]");
        await RefusedAsync(New().WithoutCondition("bucket").SignV4(), "Extra input fields: bucket");
        await RefusedAsync(New().WithoutCondition("x-amz-date").Condition("{\"x-amz-date\": \"20200101T000000Z\"}").SignV4(), "Policy Condition failed: [\"eq\", \"$x-amz-date\", \"20200101T000000Z\"]");
        await RefusedAsync(new PostForm(Endpoint, bucket, "k") { Lifetime = TimeSpan.FromSeconds(-1) }.SignV4(), "Policy expired.");

        // The form's own bucket field changes nothing: what counts is where it is sent.
        var elsewhere = await New().With("bucket", bucket).SignV4().SendAsync(Token, other);
        Assert.Equal(
            $"Invalid according to Policy: Policy Condition failed: [\"eq\", \"$bucket\", \"{bucket}\"]",
            elsewhere.IsError(HttpStatusCode.Forbidden, "AccessDenied").Element("Message")!.Value);
        Assert.Empty(await fixture.Raw.ListAsync(bucket, "", Token));
        Assert.Empty(await fixture.Raw.ListAsync(other, "", Token));

        // The key is looked at once the name is in it.
        Assert.Equal(HttpStatusCode.NoContent, (await New().Condition("[\"starts-with\", \"$key\", \"user/name\"]").SignV4().SendAsync(Token)).Status);
    }

    [Theory]
    [InlineData(4, 10, null)]
    [InlineData(0, 3, "EntityTooLarge")]
    [InlineData(5, 10, "EntityTooSmall")]
    public async Task A_policy_bounds_the_file(int min, int max, string? code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        foreach (var factor in new[] { 1, 100_000 })
        {
            var posted = await new PostForm(Endpoint, bucket, "k") { File = Bytes.Of(4 * factor) }
                .Condition($"[\"content-length-range\", {min * factor}, \"{max * factor}\"]").SignV4().SendAsync(Token);
            if (code is null)
            {
                Assert.Equal(HttpStatusCode.NoContent, posted.Status);
                continue;
            }

            posted.IsError(HttpStatusCode.BadRequest, code);
            Assert.Empty(await fixture.Raw.ListAsync(bucket, "", Token));
        }
    }

    [Fact]
    public async Task A_signature_that_does_not_hold_is_refused()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        PostForm New() => new(Endpoint, bucket, "k");
        var form = New().SignV4();
        var policy = form.Fields.Single(field => field.Name == "policy").Value;
        var refused = (await form.Replace("x-amz-signature", new string('0', 64)).SendAsync(Token)).IsError(HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        Assert.Equal(policy, refused.Element("StringToSign")!.Value);
        (await New().SignV4().Replace("policy", policy[..^4]).SendAsync(Token)).IsError(HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        (await New().SignV4(policy: "bm8=").SendAsync(Token)).IsError(HttpStatusCode.BadRequest, "InvalidPolicyDocument");
        (await New().SignV4().Replace("x-amz-signature", null).SendAsync(Token)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        (await New().SignV2().Replace("signature", "AAAA").SendAsync(Token)).IsError(HttpStatusCode.Forbidden, "SignatureDoesNotMatch");
        (await New().SignV2().Replace("AWSAccessKeyId", "AKIDNOBODY").SendAsync(Token)).IsError(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        (await new PostForm(Endpoint with { Region = "eu-other-1" }, bucket, "k").SignV4().SendAsync(Token)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        (await New().SignV4().SendAsync(Token, "no-such-" + bucket)).IsError(HttpStatusCode.NotFound, "NoSuchBucket");
        Assert.Empty(await fixture.Raw.ListAsync(bucket, "", Token));
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read", 403)]
    [InlineData("x-amz-meta-a", "b", 403)]
    [InlineData("x-amz-tagging", "a=b", 403)]
    [InlineData("x-amz-server-side-encryption", "AES256", 403)]
    [InlineData("Content-Encoding", "gzip", 501)]
    [InlineData("If-None-Match", "*", 501)]
    [InlineData("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 400)]
    public async Task A_header_that_the_policy_does_not_cover_does_not_count(string name, string value, int status)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var posted = await new PostForm(Endpoint, bucket, "k").SignV4().SendAsync(Token, null, (name, value));
        Assert.Equal(status, (int)posted.Status);
        Assert.Empty(await fixture.Raw.ListAsync(bucket, "", Token));
    }

    [Fact]
    public async Task The_answer_is_the_one_that_was_asked_for()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        Task<S3Response> PostAsync(string field, string value) => new PostForm(Endpoint, bucket, "a/b c").With(field, value).SignV4().SendAsync(Token);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync("success_action_status", "200")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync("success_action_status", "418")).Status);
        var created = await PostAsync("success_action_status", "201");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var document = created.Document("PostResponse");
        Assert.Equal(
            [$"{Endpoint.Url}/{bucket}/a%2Fb%20c", bucket, "a/b c", created.ETag!],
            document.Elements().Select(element => element.Value));

        var query = $"bucket={bucket}&key=a%2Fb+c&etag=%22{Convert.ToHexStringLower(MD5.HashData("file"u8))}%22";
        foreach (var (address, expected) in new (string, string?)[]
        {
            ("http://a.example/done", $"http://a.example/done?{query}"),
            ("https://a.example/done?x=1#y", $"https://a.example/done?x=1&{query}#y"),
            ("http://a.example/ü", $"http://a.example/%C3%BC?{query}"),
            ("/relative", null),
            ("javascript:alert(1)", null),
            ("http://a.example/\r\nSet-Cookie: a=b", null),
            ("http://ü.example/", null),
        })
        {
            foreach (var field in new[] { "success_action_redirect", "redirect" })
            {
                var redirected = await PostAsync(field, address);
                Assert.Equal(expected is null ? HttpStatusCode.NoContent : HttpStatusCode.SeeOther, redirected.Status);
                Assert.Equal(expected ?? $"{Endpoint.Url}/{bucket}/a%2Fb%20c", redirected.Headers["Location"]);
            }
        }

        await fixture.Server.SetVersioningAsync(bucket, "Enabled", Token);
        Assert.True((await PostAsync("success_action_status", "200")).Headers.ContainsKey("x-amz-version-id"));
    }

    [Fact]
    public async Task A_key_is_a_key_once_the_name_is_in_it()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await new PostForm(Endpoint, bucket, "${filename}") { Filename = "" }.SignV4().SendAsync(Token)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        (await new PostForm(Endpoint, bucket, "${filename}") { Filename = new string('a', 1025) }.SignV4().SendAsync(Token)).IsError(HttpStatusCode.BadRequest, "KeyTooLongError");
        (await new PostForm(Endpoint, bucket, "k").Replace("key", null).SignV4().SendAsync(Token)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Equal(HttpStatusCode.NoContent, (await new PostForm(Endpoint, bucket, "../${filename}") { Filename = "../.." }.SignV4().SendAsync(Token)).Status);
        Assert.Equal(["../.."], (await fixture.Raw.ListAsync(bucket, "", Token)).Select(entry => entry.Key));
    }

    [Fact]
    public async Task Without_a_policy_the_bucket_has_to_let_everyone_write()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await new PostForm(Endpoint, bucket, "in/k").SendAsync(Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await fixture.Raw.PutDocumentAsync(bucket, "policy", $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{bucket}}/in/*"} }
            """, Token);
        Assert.Equal(HttpStatusCode.NoContent, (await new PostForm(Endpoint, bucket, "in/${filename}").Uncovered("x-amz-meta-a", "b").SendAsync(Token)).Status);
        Assert.Equal("b", (await fixture.Raw.HeadAsync(bucket, "in/name.txt", Token)).Headers["x-amz-meta-a"]);
        (await new PostForm(Endpoint, bucket, "out/k").SendAsync(Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await new PostForm(Endpoint, bucket, "in/k").Uncovered("tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>").SendAsync(Token))
            .IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task The_rights_of_who_signed_hold_as_for_PutObject()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutDocumentAsync(bucket, "policy", $$$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{{bucket}}}/closed/*"},
              {"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{{bucket}}}/put/*","Condition":{"StringEquals":{"s3:authType":"POST"} } },
              {"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{{bucket}}}/plain/*","Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"} } },
              {"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{{bucket}}}/old/*","Condition":{"NumericGreaterThan":{"s3:signatureAge":"600000"} } }]}
            """, Token);
        foreach (var (key, isAllowed) in new[] { ("closed/k", false), ("put/k", false), ("plain/k", false), ("old/k", true), ("k", true) })
        {
            var posted = await new PostForm(Endpoint, bucket, key).SignV4().SendAsync(Token);
            Assert.Equal(isAllowed ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, posted.Status);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await new PostForm(Endpoint, bucket, "plain/k").With("x-amz-server-side-encryption", "AES256").SignV4().SendAsync(Token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Raw.PutAsync(bucket, "put/k", [], Token)).Status);
    }

    [Fact]
    public async Task An_acl_counts_where_the_bucket_lets_lists_count()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        PostForm New() => new PostForm(Endpoint, bucket, "k").With("acl", "public-read").SignV4();
        (await New().SendAsync(Token)).IsError(HttpStatusCode.BadRequest, "AccessControlListNotSupported");
        await fixture.Raw.PutDocumentAsync(
            bucket, "ownershipControls", "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>", Token);
        Assert.Equal(HttpStatusCode.NoContent, (await New().SendAsync(Token)).Status);
        Assert.Equal("file", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).Text);
    }

    [Fact]
    public async Task A_browser_on_another_site_may_read_the_answer_where_the_bucket_lets_it()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutDocumentAsync(
            bucket, "cors", "<CORSConfiguration><CORSRule><AllowedOrigin>http://a.example</AllowedOrigin><AllowedMethod>POST</AllowedMethod></CORSRule></CORSConfiguration>", Token);
        var posted = await new PostForm(Endpoint, bucket, "k").SignV4().SendAsync(Token, null, ("Origin", "http://a.example"));
        Assert.Equal("http://a.example", posted.Headers["Access-Control-Allow-Origin"]);
        var refused = await new PostForm(Endpoint, bucket, "k").SendAsync(Token, null, ("Origin", "http://a.example"));
        Assert.Equal((HttpStatusCode.Forbidden, "http://a.example"), (refused.Status, refused.Headers["Access-Control-Allow-Origin"]));
    }

    [Fact]
    public async Task What_is_no_form_is_no_upload()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var answer = await fixture.Server.AnonymousAsync(HttpMethod.Post, $"/{bucket}", Token, "x"u8.ToArray());
        Assert.Equal("PreconditionFailed", XDocument.Parse(answer.Text).Root!.Element("Code")!.Value);
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.Status);
        (await fixture.Raw.SendAsync(HttpMethod.Post, bucket, null, "", Encoding.UTF8.GetBytes("x"), [], Token)).IsError(HttpStatusCode.BadRequest, "InvalidRequest");
    }

    private static async Task RefusedAsync(PostForm form, string reason) => Assert.Equal(
        "Invalid according to Policy: " + reason,
        (await form.SendAsync(Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied").Element("Message")!.Value);
}
