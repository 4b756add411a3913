using System.Net;
using Amazon.S3.Model;
using S3Cassandra.Functional.Tests.Multipart;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Object;

/// <summary>x-amz-website-redirect-location is kept and given back, and no copy has it that does not ask for it.</summary>
public class WebsiteRedirectTests(ServerFixture fixture)
{
    private const string Header = "x-amz-website-redirect-location";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/other#part")]
    [InlineData("http://example.com/")]
    [InlineData("https://example.com/a?b=c&d=%20")]
    public async Task It_comes_back_as_it_was_put(string location)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Aws.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = "k", ContentBody = "x", WebsiteRedirectLocation = location }, Token);
        using var get = await fixture.Aws.GetObjectAsync(bucket, "k", Token);
        Assert.Equal((HttpStatusCode.OK, location), (get.HttpStatusCode, get.WebsiteRedirectLocation));
        Assert.Equal(location, await OfAsync(bucket, "k"));
        await fixture.Raw.PutAsync(bucket, "k", [1], Token);
        Assert.Null(await OfAsync(bucket, "k"));
    }

    [Theory]
    [InlineData("other")]
    [InlineData("ftp://example.com/")]
    [InlineData("HTTP://example.com/")]
    [InlineData("//", 2047)]
    public async Task It_is_a_path_or_an_address_of_HTTP_of_2_KB_at_most(string location, int more = 0)
    {
        location += new string('x', more);
        var upload = await Upload.BeginAsync(fixture, Token, "k");
        var headers = new[] { (Header, location) };
        foreach (var refused in new[]
        {
            await fixture.Raw.PutAsync(upload.Bucket, "k", [1], Token, headers),
            await fixture.Raw.PutAsync(upload.Bucket, "k", [], Token, [.. headers, ("x-amz-copy-source", $"/{upload.Bucket}/absent")]),
            await fixture.Raw.SendAsync(HttpMethod.Post, upload.Bucket, "k", "uploads", [], headers, Token),
            await new PostForm(fixture.Server.Endpoint, upload.Bucket, "k").With(Header, location).SignV4().SendAsync(Token),
        })
        {
            refused.IsError(HttpStatusCode.BadRequest, "InvalidRedirectLocation");
        }

        var longest = "/" + new string('x', 2047);
        Assert.True((await fixture.Raw.PutAsync(upload.Bucket, "k", [1], Token, (Header, longest))).IsSuccess);
        Assert.Equal(longest, await OfAsync(upload.Bucket, "k"));
    }

    [Theory]
    [InlineData("COPY")]
    [InlineData("REPLACE")]
    public async Task A_copy_has_its_own(string directive)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "source", [1], Token, (Header, "/source"), ("x-amz-meta-a", "b"));
        async Task<string?> CopyAsync(string key, params (string, string)[] more)
        {
            var copy = await fixture.Raw.PutAsync(
                bucket, key, [], Token, [("x-amz-copy-source", $"/{bucket}/source"), ("x-amz-metadata-directive", directive), .. more]);
            Assert.True(copy.IsSuccess, copy.Text);
            var head = await fixture.Raw.HeadAsync(bucket, key, Token);
            Assert.Equal(directive == "COPY", head.Headers.ContainsKey("x-amz-meta-a"));
            return head.Headers.GetValueOrDefault(Header);
        }

        Assert.Null(await CopyAsync("plain"));
        Assert.Equal("/anew", await CopyAsync("anew", (Header, "/anew")));

        // To be sent elsewhere is a change, so an object may be copied onto itself for it.
        Assert.Equal("/source", await OfAsync(bucket, "source"));
        Assert.Equal("/self", await CopyAsync("source", (Header, "/self")));
    }

    [Fact]
    public async Task An_upload_keeps_it_for_the_object_that_it_becomes()
    {
        var upload = await Upload.BeginAsync(fixture, Token, "k", null, (Header, "/elsewhere"));
        var body = Bytes.Of(100);
        await upload.PutPartAsync(1, body, Token);
        Assert.True((await upload.CompleteAsync(Token, (1, Upload.ETagOf(body)))).IsSuccess);
        Assert.Equal("/elsewhere", await OfAsync(upload.Bucket, "k"));
    }

    [Fact]
    public async Task A_form_has_it_as_a_field()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var posted = await new PostForm(fixture.Server.Endpoint, bucket, "k").With(Header, "/by-form").SignV4().SendAsync(Token);
        Assert.True(posted.IsSuccess, posted.Text);
        Assert.Equal("/by-form", await OfAsync(bucket, "k"));
    }

    [Fact]
    public async Task What_describes_an_object_otherwise_leaves_it()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        await fixture.Raw.PutAsync(bucket, "k", [1], Token, (Header, "/stays"));
        await fixture.Aws.PutObjectTaggingAsync(new() { BucketName = bucket, Key = "k", Tagging = new() { TagSet = [new() { Key = "a", Value = "b" }] } }, Token);
        Assert.Equal("/stays", await OfAsync(bucket, "k"));
    }

    private async Task<string?> OfAsync(string bucket, string key) =>
        (await fixture.Raw.HeadAsync(bucket, key, Token)).Headers.GetValueOrDefault(Header);
}
