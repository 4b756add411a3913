using S3Cassandra.S3Server.Hosting;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Pipeline;

/// <summary>S3 Control's public access block: of the whole account, on a server of its own since it is in force for all buckets.</summary>
public class AccountPublicAccessBlockTests
{
    private const string Path = AccountTarget.PublicAccessBlockPath;
    private const string Body = $"<CreateBucketConfiguration><LocationConstraint>{TestServer.Region}</LocationConstraint></CreateBucketConfiguration>";
    private const string Public = """{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}}""";

    [Fact]
    public async Task It_is_put_shown_and_taken_away_by_its_account_alone()
    {
        await using var server = await TestServer.StartAsync();
        var account = await AccountAsync(server);
        Assert.Equal((404, "NoSuchPublicAccessBlockConfiguration"), await SendAsync(server, "GET", account));
        Assert.Equal(201, (await SendAsync(server, "PUT", account, Document("BlockPublicAcls"))).Status);
        var got = await server.Client.SignedAsync("GET", Path, account);
        Assert.Contains("<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls>", got.Body);
        Assert.Equal((400, "MalformedXML"), await SendAsync(server, "PUT", account, "<Other/>"));
        Assert.Equal((403, "AccessDenied"), await SendAsync(server, "GET", One("000000000000")));
        Assert.Equal(403, (await server.Client.SendAsync("GET", Path, account)).Status);
        Assert.Equal(204, (await SendAsync(server, "DELETE", account)).Status);
        Assert.Equal(204, (await SendAsync(server, "DELETE", account)).Status);
        Assert.Equal(404, (await SendAsync(server, "GET", account)).Status);
    }

    [Fact]
    public async Task Another_resource_of_S3_Control_is_not_a_key_and_a_bucket_of_that_name_is_no_account()
    {
        await using var server = await TestServer.StartAsync();
        var account = await AccountAsync(server);
        Assert.Equal(501, (await server.Client.SignedAsync("GET", "/v20180820/jobs", account)).Status);
        Assert.Equal(200, (await server.Client.SignedAsync("PUT", "/v20180820", body: Body)).Status);
        Assert.Equal(200, (await server.Client.SignedAsync("PUT", Path, body: "bytes")).Status);
        Assert.Equal("bytes", (await server.Client.SignedAsync("GET", Path)).Body);
    }

    [Fact]
    public async Task What_it_blocks_is_blocked_in_every_bucket()
    {
        await using var server = await TestServer.StartWithBucketAsync();
        var account = await AccountAsync(server);
        var acls = new Dictionary<string, string> { ["x-amz-object-ownership"] = "ObjectWriter", ["x-amz-acl"] = "public-read" };
        Assert.Equal(200, (await server.Client.SignedAsync("PUT", "/lists", acls, Body)).Status);
        await server.Client.SignedAsync("PUT", "/bucket/k", [], "text");
        Assert.Equal(204, (await server.Client.SignedAsync("PUT", "/bucket?policy", [], Public)).Status);
        Assert.Equal(200, (await server.Client.SendAsync("GET", "/lists")).Status);
        Assert.Equal(200, (await server.Client.SendAsync("GET", "/bucket/k")).Status);

        await SendAsync(server, "PUT", account, Document("IgnorePublicAcls"));
        Assert.Equal(403, (await server.Client.SendAsync("GET", "/lists")).Status);
        Assert.Equal(200, (await server.Client.SendAsync("GET", "/bucket/k")).Status);

        await SendAsync(server, "PUT", account, Document("RestrictPublicBuckets"));
        Assert.Equal(200, (await server.Client.SendAsync("GET", "/lists")).Status);
        Assert.Equal(403, (await server.Client.SendAsync("GET", "/bucket/k")).Status);
        Assert.Equal(200, (await server.Client.SignedAsync("GET", "/bucket/k")).Status);

        await SendAsync(server, "PUT", account, Document("BlockPublicAcls"));
        Assert.Equal((403, "AccessDenied"), StatusOf(await server.Client.SignedAsync("PUT", "/more", acls, Body)));
        Assert.Equal((403, "AccessDenied"), StatusOf(await server.Client.SignedAsync("PUT", "/lists/k", new Dictionary<string, string> { ["x-amz-acl"] = "public-read" }, "x")));
        Assert.Equal(204, (await server.Client.SignedAsync("PUT", "/bucket?policy", [], Public)).Status);

        await SendAsync(server, "PUT", account, Document("BlockPublicPolicy"));
        Assert.Equal((403, "AccessDenied"), StatusOf(await server.Client.SignedAsync("PUT", "/bucket?policy", [], Public)));
    }

    private static string Document(string setting) =>
        $"<PublicAccessBlockConfiguration xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"><{setting}>true</{setting}></PublicAccessBlockConfiguration>";

    private static async Task<Dictionary<string, string>> AccountAsync(TestServer server) =>
        One((await AccountFacts.LoadAsync(server.Store.Catalog, null, TestContext.Current.CancellationToken)).AccountId);

    private static Dictionary<string, string> One(string account) => new() { ["x-amz-account-id"] = account };

    private static async Task<(int Status, string? Code)> SendAsync(TestServer server, string method, Dictionary<string, string> headers, string? body = null) =>
        StatusOf(await server.Client.SignedAsync(method, Path, headers, body ?? ""));

    private static (int Status, string? Code) StatusOf(TestResponse response) => (response.Status, response.Code);
}
