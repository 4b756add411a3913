using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Object;

public class DeleteObjectsTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_keys_go_at_once()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var keys = Enumerable.Range(0, 1000).Select(i => $"key <{i}> & more").ToList();
        await Parallel.ForEachAsync(keys.Take(100), Token, async (key, token) => await fixture.Raw.PutAsync(bucket, key, "x"u8.ToArray(), token));
        var request = new DeleteObjectsRequest { BucketName = bucket, Objects = [.. keys.Select(key => new KeyVersion { Key = key })] };
        var answer = await fixture.Aws.DeleteObjectsAsync(request, Token);
        Assert.Equal(keys, answer.DeletedObjects.Select(deleted => deleted.Key));
        Assert.Empty(await fixture.Raw.ListAsync(bucket, "", Token));
    }

    [Fact]
    public async Task Quiet_names_only_what_failed()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "a", "x"u8.ToArray(), Token);
        await fixture.Raw.PutAsync(bucket, "b", "x"u8.ToArray(), Token);
        const string document = "<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object><Object><Key>b</Key><ETag>\"1\"</ETag></Object>"
            + "<Object><Key>b</Key><VersionId>no</VersionId></Object></Delete>";
        var answer = await SendAsync(bucket, document);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain("<Deleted>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<Key>b</Key><Code>PreconditionFailed</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<VersionId>no</VersionId><Code>NoSuchVersion</Code>", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["b"], (await fixture.Raw.ListAsync(bucket, "", Token)).Select(entry => entry.Key));
    }

    [Fact]
    public async Task With_versions_markers_are_made_and_removed()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        await fixture.Raw.PutAsync(bucket, "a", "x"u8.ToArray(), Token);
        var made = (await fixture.Aws.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = bucket, Objects = [new KeyVersion { Key = "a" }] }, Token)).DeletedObjects.Single();
        Assert.True(made.DeleteMarker);
        Assert.NotNull(made.DeleteMarkerVersionId);
        var removed = (await fixture.Aws.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = bucket, Objects = [new KeyVersion { Key = "a", VersionId = made.DeleteMarkerVersionId }] },
            Token)).DeletedObjects.Single();
        Assert.Equal(made.DeleteMarkerVersionId, removed.VersionId);
        Assert.Equal("x", (await fixture.Raw.GetAsync(bucket, "a", Token)).Text);
    }

    [Theory]
    [InlineData("<Delete></Delete>", "MalformedXML")]
    [InlineData("<Delete><Object></Object></Delete>", "MalformedXML")]
    [InlineData("<Remove/>", "MalformedXML")]
    [InlineData("not xml", "MalformedXML")]
    [InlineData("<!DOCTYPE x [<!ENTITY y \"z\">]><Delete><Object><Key>&y;</Key></Object></Delete>", "MalformedXML")]
    public async Task A_document_that_is_none_is_refused(string document, string code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var answer = await SendAsync(bucket, document);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains($"<Code>{code}</Code>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_thousand_keys_are_refused_and_none_is_deleted()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k0", "x"u8.ToArray(), Token);
        var document = $"<Delete>{string.Concat(Enumerable.Range(0, 1001).Select(i => $"<Object><Key>k{i}</Key></Object>"))}</Delete>";
        Assert.Contains("MalformedXML", (await SendAsync(bucket, document)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Raw.HeadAsync(bucket, "k0", Token)).Status);
    }

    [Fact]
    public async Task Without_a_digest_it_is_refused()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var body = "<Delete><Object><Key>a</Key></Object></Delete>"u8.ToArray();
        var answer = await fixture.Raw.SendAsync(HttpMethod.Post, bucket, null, "delete", body, [], Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Content-MD5", answer.Text, StringComparison.Ordinal);
        var wrong = await fixture.Raw.SendAsync(HttpMethod.Post, bucket, null, "delete", body, [("Content-MD5", Convert.ToBase64String(new byte[16]))], Token);
        Assert.Contains("BadDigest", wrong.Text, StringComparison.Ordinal);
    }

    private Task<Support.S3Response> SendAsync(string bucket, string document)
    {
        var body = Encoding.UTF8.GetBytes(document);
        return fixture.Raw.SendAsync(
            HttpMethod.Post, bucket, null, "delete", body, [("Content-MD5", Convert.ToBase64String(MD5.HashData(body)))], Token);
    }
}
