using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

public sealed class UserTests(ServerFixture fixture) : IDisposable
{
    private readonly IamWorld _iam = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IamClient Root => _iam.Root;

    public void Dispose() => _iam.Dispose();

    [Fact]
    public async Task A_user_keeps_what_it_has_under_another_name()
    {
        var (user, renamed, bucket) = (await _iam.UserAsync(), IamWorld.NewName(), await fixture.Server.CreateBucketAsync(Token));
        await _iam.InlineAsync(user, IamWorld.Allow("s3:*", "arn:aws:s3:::*"));
        var endpoint = await _iam.KeyAsync(user);
        using var s3 = new S3Client(endpoint);
        var id = await Root.DoAsync("GetUser", "UserId", Token, ("UserName", user));
        await Root.DoAsync("UpdateUser", "none", Token, ("UserName", user), ("NewUserName", renamed), ("NewPath", "/new/"));
        Assert.True((await s3.GetAsync(bucket, null, Token)).IsSuccess);
        Assert.Equal(id, await Root.DoAsync("GetUser", "UserId", Token, ("UserName", renamed)));
        Assert.EndsWith($":user/new/{renamed}", await Root.DoAsync("GetUser", "Arn", Token, ("UserName", renamed)));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetUser", Token, ("UserName", user));
        await Root.DoAsync("UpdateAccessKey", "none", Token, ("UserName", renamed), ("AccessKeyId", endpoint.AccessKey), ("Status", "Inactive"));
        (await s3.GetAsync(bucket, null, Token)).IsError(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        var other = await _iam.UserAsync();
        await Root.RefusedAsync("EntityAlreadyExists", HttpStatusCode.Conflict, "UpdateUser", Token, ("UserName", other), ("NewUserName", renamed.ToUpperInvariant()));
        await Root.DoAsync("UpdateUser", "none", Token, ("UserName", renamed), ("NewUserName", renamed.ToUpperInvariant()));
        Assert.Equal(renamed.ToUpperInvariant(), await Root.DoAsync("GetUser", "UserName", Token, ("UserName", renamed)));
    }

    [Fact]
    public async Task Who_renames_needs_to_be_allowed_both_names()
    {
        var user = await _iam.UserAsync();
        var account = (await Root.DoAsync("GetUser", "Arn", Token)).Split(':')[4];
        var (_, client) = await _iam.ActorAsync(IamWorld.Allow("iam:UpdateUser", $"arn:aws:iam::{account}:user/{user}"));
        using (client)
        {
            await client.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "UpdateUser", Token, ("UserName", user), ("NewUserName", IamWorld.NewName()));
            await client.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "UpdateUser", Token, ("UserName", user), ("NewPath", "/admins/"));
        }
    }

    [Fact]
    public async Task Who_asks_without_a_name_is_shown_itself()
    {
        var root = await Root.DoAsync("GetUser", "Arn", Token);
        Assert.EndsWith(":root", root);
        Assert.Equal(root.Split(':')[4], await Root.DoAsync("GetUser", "UserId", Token));
        var (name, client) = await _iam.ActorAsync(IamWorld.Allow("iam:*", "*"));
        using (client)
        {
            Assert.Equal(name, await client.DoAsync("GetUser", "UserName", Token));
            Assert.Equal(name, await client.DoAsync("ListAccessKeys", "UserName", Token));
            var second = await client.DoAsync("CreateAccessKey", "AccessKeyId", Token);
            Assert.Contains(second, await client.DoAsync("ListAccessKeys", "AccessKeyId", Token));
            await client.DoAsync("DeleteAccessKey", "none", Token, ("AccessKeyId", second));
        }
    }

    [Fact]
    public async Task Root_may_have_keys_besides()
    {
        var (status, document) = await Root.SendAsync("CreateAccessKey", Token);
        Assert.Equal(HttpStatusCode.OK, status);
        var key = IamWorld.Text(document, "AccessKeyId");
        var endpoint = fixture.Server.Endpoint with { AccessKey = key, SecretKey = IamWorld.Text(document, "SecretAccessKey") };
        using var s3 = new S3Client(endpoint);
        using var iam = new IamClient(endpoint);
        Assert.True((await s3.GetAsync(await fixture.Server.CreateBucketAsync(Token), null, Token)).IsSuccess);
        Assert.EndsWith(":root", await iam.DoAsync("GetUser", "Arn", Token));
        Assert.Contains(key, await Root.DoAsync("ListAccessKeys", "AccessKeyId", Token));
        await Root.DoAsync("DeleteAccessKey", "none", Token, ("AccessKeyId", key));
        await iam.RefusedAsync("InvalidClientTokenId", HttpStatusCode.Forbidden, "GetUser", Token);
    }

    [Fact]
    public async Task A_keys_last_use_is_told()
    {
        var user = await _iam.UserAsync();
        await _iam.InlineAsync(user, IamWorld.Allow("s3:*"));
        var endpoint = await _iam.KeyAsync(user);
        Assert.Equal("N/A", await Root.DoAsync("GetAccessKeyLastUsed", "ServiceName", Token, ("AccessKeyId", endpoint.AccessKey)));
        using var s3 = new S3Client(endpoint);
        Assert.True((await s3.GetAsync(await fixture.Server.CreateBucketAsync(Token), null, Token)).IsSuccess);
        Assert.Equal("s3", await Root.DoAsync("GetAccessKeyLastUsed", "ServiceName", Token, ("AccessKeyId", endpoint.AccessKey)));
        Assert.Equal(user, await Root.DoAsync("GetAccessKeyLastUsed", "UserName", Token, ("AccessKeyId", endpoint.AccessKey)));
        using var iam = new IamClient(endpoint);
        await iam.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "GetUser", Token);
        Assert.Equal("iam", await Root.DoAsync("GetAccessKeyLastUsed", "ServiceName", Token, ("AccessKeyId", endpoint.AccessKey)));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetAccessKeyLastUsed", Token, ("AccessKeyId", "AKIAUNKNOWNUNKNOWN00"));
    }

    [Fact]
    public async Task An_account_is_counted_and_named()
    {
        var (_, summary) = await Root.SendAsync("GetAccountSummary", Token);
        int Count(string key) => int.Parse(
            summary.Descendants().Single(entry => entry.Name.LocalName == "entry" && entry.Elements().First().Value == key).Elements().Last().Value,
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(2, Count("AccessKeysPerUserQuota"));
        Assert.True(Count("Users") >= 0);
        await Root.DoAsync("CreateAccountAlias", "none", Token, ("AccountAlias", "some-team"));
        Assert.Equal("some-team", await Root.DoAsync("ListAccountAliases", "member", Token));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DeleteAccountAlias", Token, ("AccountAlias", "other-team"));
        await Root.DoAsync("DeleteAccountAlias", "none", Token, ("AccountAlias", "some-team"));
        Assert.Equal("", await Root.DoAsync("ListAccountAliases", "member", Token));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreateAccountAlias", Token, ("AccountAlias", "Some_Team"));
    }

    [Fact]
    public async Task A_principals_tags_count_in_policies()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var user = await _iam.UserAsync(("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red"));
        await _iam.InlineAsync(user, IamWorld.Allow("s3:*", $"arn:aws:s3:::{bucket}/${{aws:PrincipalTag/Team}}/*"));
        using var s3 = new S3Client(await _iam.KeyAsync(user));
        Assert.True((await s3.PutAsync(bucket, "red/k", [1], Token)).IsSuccess);
        (await s3.PutAsync(bucket, "blue/k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await Root.DoAsync("TagUser", "none", Token, ("UserName", user), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue"));
        Assert.True((await s3.PutAsync(bucket, "blue/k", [1], Token)).IsSuccess);
        (await s3.PutAsync(bucket, "red/k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
    }
}
