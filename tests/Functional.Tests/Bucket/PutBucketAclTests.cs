using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutBucketAclTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("private", "FULL_CONTROL")]
    [InlineData("public-read", "FULL_CONTROL READ")]
    [InlineData("public-read-write", "FULL_CONTROL READ WRITE")]
    [InlineData("authenticated-read", "FULL_CONTROL READ")]
    [InlineData("log-delivery-write", "FULL_CONTROL WRITE READ_ACP")]
    [InlineData("bucket-owner-full-control", "FULL_CONTROL")]
    public async Task A_named_list_is_spelled_out(string name, string permissions)
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        Assert.True((await PutAsync(bucket, null, ("x-amz-acl", name))).IsSuccess);
        var list = (await fixture.Raw.GetAsync(bucket, null, Token, "acl")).Document("AccessControlPolicy");
        Assert.Equal(permissions.Split(' '), list.All("Permission"));
        Assert.Equal(await fixture.Server.CanonicalIdAsync(Token), list.Element("Owner")!.Element("ID")!.Value);
    }

    [Fact]
    public async Task Grants_of_headers_and_of_a_document_replace_the_list()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        var me = await fixture.Server.CanonicalIdAsync(Token);
        Assert.True((await PutAsync(bucket, null, ("x-amz-grant-read", $"id=\"{me}\", uri=\"{AclDocuments.AllUsers}\""), ("x-amz-grant-write-acp", $"id={me}"))).IsSuccess);
        var list = (await fixture.Raw.GetAsync(bucket, null, Token, "acl")).Document("AccessControlPolicy");
        Assert.Equal(["READ", "READ", "WRITE_ACP"], list.All("Permission"));
        Assert.Equal([AclDocuments.AllUsers], list.All("URI"));
        var document = AclDocuments.Of(me, AclDocuments.ToUser(me, "FULL_CONTROL"), AclDocuments.ToGroup("http://acs.amazonaws.com/groups/s3/LogDelivery", "WRITE"));
        Assert.True((await PutAsync(bucket, document)).IsSuccess);
        list = (await fixture.Raw.GetAsync(bucket, null, Token, "acl")).Document("AccessControlPolicy");
        Assert.Equal(["FULL_CONTROL", "WRITE"], list.All("Permission"));
    }

    [Fact]
    public async Task A_public_list_lets_everybody_list_and_write_and_nothing_else()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token, "public-read-write");
        await fixture.Raw.PutAsync(bucket, "mine", "text"u8.ToArray(), Token);
        Task<S3Response> As(HttpMethod method, string path, byte[]? body = null) => fixture.Server.AnonymousAsync(method, path, Token, body);
        Assert.Equal(["mine"], (await As(HttpMethod.Get, $"/{bucket}")).Document("ListBucketResult").All("Key"));
        Assert.True((await As(HttpMethod.Get, $"/{bucket}?uploads")).IsSuccess);
        Assert.True((await As(HttpMethod.Get, $"/{bucket}?versions")).IsSuccess);
        Assert.True((await As(HttpMethod.Put, $"/{bucket}/theirs", "words"u8.ToArray())).IsSuccess);
        Assert.Equal("words", (await As(HttpMethod.Get, $"/{bucket}/theirs")).Text);
        (await As(HttpMethod.Get, $"/{bucket}/absent")).IsError(HttpStatusCode.NotFound, "NoSuchKey");
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/mine"), (HttpMethod.Delete, "/mine"), (HttpMethod.Get, "?acl"), (HttpMethod.Get, "?policy"), (HttpMethod.Delete, ""), (HttpMethod.Get, "/theirs?tagging") })
        {
            (await As(method, $"/{bucket}{path}")).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        }

        // What nobody signed is not the bucket's owner's: it may delete it, not read it.
        (await fixture.Raw.GetAsync(bucket, "theirs", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Equal("text", (await fixture.Raw.GetAsync(bucket, "mine", Token)).Text);
        var owners = (await fixture.Raw.GetAsync(bucket, null, Token)).Document("ListBucketResult").All("ID");
        Assert.Equal([await fixture.Server.CanonicalIdAsync(Token), "65a011a29cdf8ec533ec3d1ccaae921c"], owners);
        Assert.Equal(HttpStatusCode.NoContent, (await As(HttpMethod.Delete, $"/{bucket}/theirs")).Status);
        Assert.True((await As(HttpMethod.Put, $"/{bucket}/theirs", "words"u8.ToArray())).IsSuccess);
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteAsync(bucket, "theirs", Token)).Status);
    }

    [Fact]
    public async Task A_denial_of_a_policy_is_above_every_list()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token, "public-read");
        Assert.True((await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}", Token)).IsSuccess);
        var denial = """{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::BUCKET","Condition":{"StringEquals":{"aws:PrincipalType":"Anonymous"}}}}""".Replace("BUCKET", bucket);
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", denial, Token)).IsSuccess);
        (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }

    [Fact]
    public async Task Public_lists_are_refused_or_ignored_where_that_is_blocked()
    {
        static string Block(string setting) => $"<PublicAccessBlockConfiguration><{setting}>true</{setting}></PublicAccessBlockConfiguration>";
        var bucket = await fixture.Server.CreateAclBucketAsync(Token, "public-read");
        await fixture.Raw.PutDocumentAsync(bucket, "publicAccessBlock", Block("BlockPublicAcls"), Token);
        (await PutAsync(bucket, null, ("x-amz-acl", "public-read"))).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await PutAsync(bucket, null, ("x-amz-grant-read", $"uri=\"{AclDocuments.AllUsers}\""))).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await fixture.Raw.PutAsync(bucket, "k", [], Token, ("x-amz-acl", "authenticated-read"))).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.True((await fixture.Raw.PutAsync(bucket, "k", [], Token, ("x-amz-acl", "bucket-owner-read"))).IsSuccess);
        Assert.True((await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}", Token)).IsSuccess);
        await fixture.Raw.PutDocumentAsync(bucket, "publicAccessBlock", Block("IgnorePublicAcls"), Token);
        (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.True((await PutAsync(bucket, null, ("x-amz-acl", "public-read"))).IsSuccess);
    }

    [Theory]
    [InlineData("", "x-amz-acl=nonsense", 400, "InvalidArgument")]
    [InlineData("", "x-amz-acl=aws-exec-read", 501, "NotImplemented")]
    [InlineData("", "", 400, "MissingSecurityHeader")]
    [InlineData("", "x-amz-acl=private|x-amz-grant-read=testuser1", 400, "InvalidRequest")]
    [InlineData("<AccessControlPolicy/>", "x-amz-acl=private", 400, "UnexpectedContent")]
    [InlineData("<AccessControlPolicy/>", "x-amz-grant-read=someone", 400, "UnexpectedContent")]
    [InlineData("", "x-amz-grant-read=someone", 400, "InvalidArgument")]
    [InlineData("", "x-amz-grant-read=id=\"unknown\"", 400, "InvalidArgument")]
    [InlineData("", "x-amz-grant-read=uri=\"http://nowhere\"", 400, "InvalidArgument")]
    [InlineData("", "x-amz-grant-read=emailAddress=\"a@b.c\"", 405, "MethodNotAllowed")]
    [InlineData("<Other/>", "", 400, "MalformedACLError")]
    [InlineData("no xml", "", 400, "MalformedACLError")]
    [InlineData("<AccessControlPolicy><AccessControlList/></AccessControlPolicy>", "", 400, "MalformedACLError")]
    [InlineData("<AccessControlPolicy><Owner/><AccessControlList/></AccessControlPolicy>", "", 400, "MalformedACLError")]
    [InlineData("<AccessControlPolicy><Owner><ID>a</ID></Owner></AccessControlPolicy>", "", 400, "MalformedACLError")]
    [InlineData("<AccessControlPolicy><Owner><ID>a</ID></Owner><AccessControlList/></AccessControlPolicy>", "", 403, "AccessDenied")]
    public async Task What_is_no_list_is_refused(string document, string headers, int status, string code)
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        var sent = headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => (header[..header.IndexOf('=')], header[(header.IndexOf('=') + 1)..])).ToArray();
        (await PutAsync(bucket, document, sent)).IsError((HttpStatusCode)status, code);
        Assert.Equal(["FULL_CONTROL"], (await fixture.Raw.GetAsync(bucket, null, Token, "acl")).Document("AccessControlPolicy").All("Permission"));
    }

    [Fact]
    public async Task Grants_of_a_document_are_checked()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token);
        var me = await fixture.Server.CanonicalIdAsync(Token);
        foreach (var (grant, status, code) in new[]
        {
            (AclDocuments.ToUser(me, "READS"), 400, "MalformedACLError"),
            (AclDocuments.ToUser("", "READ"), 400, "MalformedACLError"),
            (AclDocuments.ToUser(new string('0', 64), "READ"), 400, "InvalidArgument"),
            (AclDocuments.ToGroup("http://nowhere", "READ"), 400, "InvalidArgument"),
            (AclDocuments.Grant("Nobody", $"<ID>{me}</ID>", "READ"), 400, "MalformedACLError"),
            (AclDocuments.Grant("AmazonCustomerByEmail", "<EmailAddress>a@b.c</EmailAddress>", "READ"), 405, "MethodNotAllowed"),
            (string.Concat(Enumerable.Repeat(AclDocuments.ToUser(me, "READ"), 101)), 400, "MalformedACLError"),
        })
        {
            (await PutAsync(bucket, AclDocuments.Of(me, grant))).IsError((HttpStatusCode)status, code);
        }

        var most = Enumerable.Repeat(AclDocuments.ToUser(me, "READ"), 100).ToArray();
        Assert.True((await PutAsync(bucket, AclDocuments.Of(me, most))).IsSuccess);
        Assert.Equal(100, (await fixture.Raw.GetAsync(bucket, null, Token, "acl")).Document("AccessControlPolicy").All("Permission").Length);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("public-read")]
    public async Task Where_the_owner_owns_everything_there_is_no_list_to_put(string name)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await PutAsync(bucket, null, ("x-amz-acl", name))).IsError(HttpStatusCode.BadRequest, "AccessControlListNotSupported");
    }

    [Fact]
    public async Task Making_ones_bucket_again_resets_its_list()
    {
        var bucket = await fixture.Server.CreateAclBucketAsync(Token, "public-read");
        Assert.True((await fixture.Raw.PutAsync(bucket, null, [], Token)).IsSuccess);
        Assert.Equal(["FULL_CONTROL"], (await fixture.Raw.GetAsync(bucket, null, Token, "acl")).Document("AccessControlPolicy").All("Permission"));
    }

    private Task<S3Response> PutAsync(string bucket, string? document, params (string Name, string Value)[] headers) =>
        fixture.Raw.SendAsync(HttpMethod.Put, bucket, null, "acl", document is null ? [] : System.Text.Encoding.UTF8.GetBytes(document), headers, Token);
}
