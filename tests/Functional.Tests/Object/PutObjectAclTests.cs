using System.Net;
using S3Cassandra.Functional.Tests.Bucket;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Object;

public class PutObjectAclTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_put_shown_and_means_something()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token, ("x-amz-tagging", "a=b"), ("x-amz-meta-m", "n"));
        await IsRefusedAsync($"/{bucket}/k");
        Assert.True((await PutAsync(bucket, "k", "", ("x-amz-acl", "public-read"))).IsSuccess);
        Assert.Equal("text", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).Text);
        await IsRefusedAsync($"/{bucket}/k?acl");
        Assert.Equal(["FULL_CONTROL", "READ"], await PermissionsAsync(bucket, "k"));
        Assert.True((await PutAsync(bucket, "k", "", ("x-amz-grant-read-acp", $"uri=\"{AclDocuments.AllUsers}\""))).IsSuccess);
        await IsRefusedAsync($"/{bucket}/k");
        Assert.True((await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k?acl", Token)).IsSuccess);
        Assert.Equal(["READ_ACP"], await PermissionsAsync(bucket, "k"));

        // Nothing else of the object changed, and its owner does not need the list.
        var got = await fixture.Raw.GetAsync(bucket, "k", Token);
        Assert.Equal(("text", "n"), (got.Text, got.Headers["x-amz-meta-m"]));
        Assert.Equal(["a"], (await fixture.Raw.GetAsync(bucket, "k", Token, "tagging")).Document("Tagging").All("Key"));
    }

    [Fact]
    public async Task Each_version_has_its_own_list()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        await fixture.Server.SetVersioningAsync(bucket, "Enabled", Token);
        var older = (await fixture.Raw.PutAsync(bucket, "k", "1"u8.ToArray(), Token)).Headers["x-amz-version-id"];
        var newer = (await fixture.Raw.PutAsync(bucket, "k", "2"u8.ToArray(), Token, ("x-amz-acl", "public-read"))).Headers["x-amz-version-id"];
        Assert.True((await PutAsync(bucket, "k", $"&versionId={older}", ("x-amz-acl", "authenticated-read"))).IsSuccess);
        Assert.Equal(["http://acs.amazonaws.com/groups/global/AuthenticatedUsers"], await UrisAsync(bucket, $"&versionId={older}"));
        Assert.Equal([AclDocuments.AllUsers], await UrisAsync(bucket, $"&versionId={newer}"));
        Assert.Equal([AclDocuments.AllUsers], await UrisAsync(bucket, ""));
        Assert.Equal("2", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k?versionId={newer}", Token)).Text);
        await IsRefusedAsync($"/{bucket}/k?versionId={older}");
        (await PutAsync(bucket, "k", $"&versionId={new string('0', 32)}", ("x-amz-acl", "private"))).IsError(HttpStatusCode.NotFound, "NoSuchVersion");
        await fixture.Raw.DeleteAsync(bucket, "k", Token);
        (await PutAsync(bucket, "k", "", ("x-amz-acl", "private"))).IsError(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
        await IsRefusedAsync($"/{bucket}/k");
    }

    [Fact]
    public async Task A_list_comes_with_puts_copies_and_uploads()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        (string, string) acl = ("x-amz-acl", "public-read");
        Assert.True((await fixture.Raw.PutAsync(bucket, "put", "text"u8.ToArray(), Token, acl)).IsSuccess);
        Assert.True((await fixture.Raw.PutAsync(bucket, "copy", [], Token, acl, ("x-amz-copy-source", $"{bucket}/put"))).IsSuccess);
        Assert.True((await fixture.Raw.PutAsync(bucket, "plain", [], Token, ("x-amz-copy-source", $"{bucket}/put"))).IsSuccess);
        var begun = (await fixture.Raw.SendAsync(HttpMethod.Post, bucket, "upload", "uploads", [], [acl], Token)).Document("InitiateMultipartUploadResult");
        var id = begun.Element("UploadId")!.Value;
        var part = await fixture.Raw.SendAsync(HttpMethod.Put, bucket, "upload", $"partNumber=1&uploadId={id}", "text"u8.ToArray(), [], Token);
        var document = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.ETag}</ETag></Part></CompleteMultipartUpload>";
        Assert.True((await fixture.Raw.SendAsync(HttpMethod.Post, bucket, "upload", $"uploadId={id}", System.Text.Encoding.UTF8.GetBytes(document), [], Token)).IsSuccess);
        foreach (var key in (string[])["put", "copy", "upload"])
        {
            Assert.Equal("text", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/{key}", Token)).Text);
        }

        // A source's list is not copied, and goes when its object is put again.
        await IsRefusedAsync($"/{bucket}/plain");
        await fixture.Raw.PutAsync(bucket, "put", "text"u8.ToArray(), Token);
        await IsRefusedAsync($"/{bucket}/put");
    }

    [Theory]
    [InlineData("x-amz-acl=log-delivery-write", 400, "InvalidArgument")]
    [InlineData("x-amz-acl=private|x-amz-grant-read=id=x", 400, "InvalidRequest")]
    [InlineData("x-amz-grant-write=uri=\"http://nowhere\"", 400, "InvalidArgument")]
    [InlineData("x-amz-grant-full-control=id=0123", 400, "InvalidArgument")]
    public async Task What_is_no_list_is_refused_and_nothing_is_stored(string headers, int status, string code)
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        var sent = headers.Split('|').Select(header => (header[..header.IndexOf('=')], header[(header.IndexOf('=') + 1)..])).ToArray();
        (await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token, sent)).IsError((HttpStatusCode)status, code);
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Raw.HeadAsync(bucket, "k", Token)).Status);
        await fixture.Raw.PutAsync(bucket, "k", [], Token);
        (await PutAsync(bucket, "k", "", sent)).IsError((HttpStatusCode)status, code);
        (await PutAsync(bucket, "absent", "", ("x-amz-acl", "private"))).IsError(HttpStatusCode.NotFound, "NoSuchKey");
        (await PutAsync(bucket, "k", "")).IsError(HttpStatusCode.BadRequest, "MissingSecurityHeader");
    }

    [Fact]
    public async Task Where_the_owner_owns_everything_uploads_may_say_so_and_nothing_else()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var me = await fixture.Server.CanonicalIdAsync(Token);
        foreach (var (name, value) in new[] { ("x-amz-acl", "private"), ("x-amz-acl", "bucket-owner-full-control"), ("x-amz-grant-full-control", $"id=\"{me}\"") })
        {
            Assert.True((await fixture.Raw.PutAsync(bucket, "k", [], Token, (name, value))).IsSuccess);
        }

        (await fixture.Raw.PutAsync(bucket, "k", [], Token, ("x-amz-grant-read", $"id=\"{me}\""))).IsError(HttpStatusCode.BadRequest, "AccessControlListNotSupported");
        (await PutAsync(bucket, "k", "", ("x-amz-acl", "bucket-owner-full-control"))).IsError(HttpStatusCode.BadRequest, "AccessControlListNotSupported");
        Assert.Equal(["FULL_CONTROL"], await PermissionsAsync(bucket, "k"));
    }

    [Fact]
    public async Task Where_the_owner_owns_everything_a_document_may_say_so_and_nothing_else()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var me = await fixture.Server.CanonicalIdAsync(Token);
        await fixture.Raw.PutAsync(bucket, "k", [], Token);
        var own = AclDocuments.ToUser(me, "FULL_CONTROL");
        Assert.True((await PutDocumentAsync(bucket, "k", AclDocuments.Of(me, own))).IsSuccess);
        Assert.True((await PutDocumentAsync(bucket, null, AclDocuments.Of(me, own))).IsSuccess);
        (await PutDocumentAsync(bucket, "absent", AclDocuments.Of(me, own))).IsError(HttpStatusCode.NotFound, "NoSuchKey");
        string[] others =
        [
            AclDocuments.Of(me, own, AclDocuments.ToGroup(AclDocuments.AllUsers, "READ")),
            AclDocuments.Of(me, AclDocuments.ToUser(me, "READ")),
            AclDocuments.Of(new string('0', 64), own),
            AclDocuments.Of(me),
        ];
        foreach (var other in others)
        {
            (await PutDocumentAsync(bucket, "k", other)).IsError(HttpStatusCode.BadRequest, "AccessControlListNotSupported");
            (await PutDocumentAsync(bucket, null, other)).IsError(HttpStatusCode.BadRequest, "AccessControlListNotSupported");
        }
    }

    private Task<S3Response> PutDocumentAsync(string bucket, string? key, string document) =>
        fixture.Raw.SendAsync(HttpMethod.Put, bucket, key, "acl", System.Text.Encoding.UTF8.GetBytes(document), [], Token);

    private Task<S3Response> PutAsync(string bucket, string key, string query, params (string Name, string Value)[] headers) =>
        fixture.Raw.SendAsync(HttpMethod.Put, bucket, key, "acl" + query, [], headers, Token);

    private async Task<string[]> PermissionsAsync(string bucket, string key) =>
        (await fixture.Raw.GetAsync(bucket, key, Token, "acl")).Document("AccessControlPolicy").All("Permission");

    private async Task<string[]> UrisAsync(string bucket, string query) =>
        (await fixture.Raw.GetAsync(bucket, "k", Token, "acl" + query)).Document("AccessControlPolicy").All("URI");

    private async Task IsRefusedAsync(string path) =>
        (await fixture.Server.AnonymousAsync(HttpMethod.Get, path, Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
}
