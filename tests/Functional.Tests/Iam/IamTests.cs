using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

public sealed class IamTests(ServerFixture fixture) : IDisposable
{
    private readonly IamClient _root = new(fixture.Server.Endpoint);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string NewName() => $"user-{Guid.NewGuid():n}";

    private static string Allow(string action, string resource) =>
        $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{{action}}}","Resource":"{{{resource}}}"}}""";

    public void Dispose() => _root.Dispose();

    private async Task<S3Endpoint> KeyAsync(string user)
    {
        var (status, document) = await _root.SendAsync("CreateAccessKey", Token, ("UserName", user));
        Assert.Equal(HttpStatusCode.OK, status);
        string Text(string name) => document.Descendants().Single(element => element.Name.LocalName == name).Value;
        return fixture.Server.Endpoint with { AccessKey = Text("AccessKeyId"), SecretKey = Text("SecretAccessKey") };
    }

    private Task<string> PolicyAsync(string user, string name, string document) =>
        _root.DoAsync("PutUserPolicy", "none", Token, ("UserName", user), ("PolicyName", name), ("PolicyDocument", document));

    [Fact]
    public async Task A_user_comes_and_goes()
    {
        var name = NewName();
        Assert.Equal($"/team/", await _root.DoAsync("CreateUser", "Path", Token, ("UserName", name), ("Path", "/team/")));
        await _root.RefusedAsync("EntityAlreadyExists", HttpStatusCode.Conflict, "CreateUser", Token, ("UserName", name.ToUpperInvariant()));
        Assert.EndsWith($":user/team/{name}", await _root.DoAsync("GetUser", "Arn", Token, ("UserName", name)));
        Assert.Contains(name, await _root.DoAsync("ListUsers", "UserName", Token, ("PathPrefix", "/team/"), ("MaxItems", "1000")));
        Assert.DoesNotContain(name, await _root.DoAsync("ListUsers", "UserName", Token, ("PathPrefix", "/other/")));
        await _root.DoAsync("DeleteUser", "none", Token, ("UserName", name));
        await _root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetUser", Token, ("UserName", name));
        await _root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DeleteUser", Token, ("UserName", name));
    }

    [Fact]
    public async Task Users_are_listed_page_by_page()
    {
        var path = $"/{Guid.NewGuid():n}/";
        var names = Enumerable.Range(0, 5).Select(number => $"{path.Trim('/')}-{number}").ToList();
        foreach (var name in names)
        {
            await _root.DoAsync("CreateUser", "Path", Token, ("UserName", name), ("Path", path));
        }

        var listed = new List<string>();
        var marker = "";
        do
        {
            (string, string)[] parameters = [("PathPrefix", path), ("MaxItems", "2"), .. marker.Length > 0 ? [("Marker", marker)] : Array.Empty<(string, string)>()];
            listed.AddRange((await _root.DoAsync("ListUsers", "UserName", Token, parameters)).Split(','));
            marker = await _root.DoAsync("ListUsers", "Marker", Token, parameters);
        }
        while (marker.Length > 0);
        Assert.Equal(names, listed);
    }

    [Fact]
    public async Task A_user_may_do_what_its_policies_say_as_long_as_they_and_its_key_hold()
    {
        var (name, bucket) = (NewName(), await fixture.Server.CreateBucketAsync(Token));
        await fixture.Raw.PutAsync(bucket, $"home/{name}/k", "text"u8.ToArray(), Token);
        await _root.DoAsync("CreateUser", "Path", Token, ("UserName", name));
        var endpoint = await KeyAsync(name);
        using var user = new S3Client(endpoint);
        (await user.GetAsync(bucket, $"home/{name}/k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await PolicyAsync(name, "home", Allow("s3:*", $"arn:aws:s3:::{bucket}/home/${{aws:username}}/*"));
        Assert.Equal("text", (await user.GetAsync(bucket, $"home/{name}/k", Token)).Text);
        Assert.True((await user.PutAsync(bucket, $"home/{name}/new", [1], Token)).IsSuccess);
        (await user.GetAsync(bucket, "home/other/k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await user.GetAsync(bucket, null, Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        (await user.PutAsync(NewName(), null, [], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await _root.DoAsync("UpdateAccessKey", "none", Token, ("UserName", name), ("AccessKeyId", endpoint.AccessKey), ("Status", "Inactive"));
        (await user.GetAsync(bucket, $"home/{name}/k", Token)).IsError(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        await _root.DoAsync("UpdateAccessKey", "none", Token, ("UserName", name), ("AccessKeyId", endpoint.AccessKey), ("Status", "Active"));
        Assert.True((await user.GetAsync(bucket, $"home/{name}/k", Token)).IsSuccess);
        await _root.DoAsync("DeleteUserPolicy", "none", Token, ("UserName", name), ("PolicyName", "home"));
        (await user.GetAsync(bucket, $"home/{name}/k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await _root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeleteUser", Token, ("UserName", name));
        await _root.DoAsync("DeleteAccessKey", "none", Token, ("UserName", name), ("AccessKeyId", endpoint.AccessKey));
        (await user.GetAsync(bucket, $"home/{name}/k", Token)).IsError(HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        await _root.DoAsync("DeleteUser", "none", Token, ("UserName", name));
    }

    [Fact]
    public async Task Identity_and_bucket_policy_meet()
    {
        var (name, bucket) = (NewName(), await fixture.Server.CreateBucketAsync(Token));
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        await _root.DoAsync("CreateUser", "Path", Token, ("UserName", name));
        var arn = await _root.DoAsync("GetUser", "Arn", Token, ("UserName", name));
        using var user = new S3Client(await KeyAsync(name));
        string Statement(string effect, string action) =>
            $$$"""{"Statement":{"Effect":"{{{effect}}}","Principal":{"AWS":"{{{arn}}}"},"Action":"{{{action}}}","Resource":"arn:aws:s3:::{{{bucket}}}/*"}}""";
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", Statement("Allow", "s3:GetObject"), Token)).IsSuccess);
        Assert.Equal("text", (await user.GetAsync(bucket, "k", Token)).Text);
        (await user.PutAsync(bucket, "k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await PolicyAsync(name, "all", Allow("s3:*", "*"));
        Assert.True((await user.PutAsync(bucket, "new", [1], Token)).IsSuccess);
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "policy", Statement("Deny", "s3:GetObject"), Token)).IsSuccess);
        (await user.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Equal("text", (await fixture.Raw.GetAsync(bucket, "k", Token)).Text);
    }

    [Fact]
    public async Task A_user_gives_itself_nothing()
    {
        var (name, other) = (NewName(), NewName());
        await _root.DoAsync("CreateUser", "Path", Token, ("UserName", name));
        await _root.DoAsync("CreateUser", "Path", Token, ("UserName", other), ("Path", "/admins/"));
        await PolicyAsync(name, "all-of-s3", Allow("s3:*", "*"));
        using var user = new IamClient(await KeyAsync(name));
        (string Action, (string, string)[] Parameters)[] attempts =
        [
            ("PutUserPolicy", [("UserName", name), ("PolicyName", "p"), ("PolicyDocument", Allow("*", "*"))]),
            ("CreateAccessKey", [("UserName", other)]),
            ("CreateAccessKey", []),
            ("CreateUser", [("UserName", NewName())]),
            ("DeleteUser", [("UserName", other)]),
            ("DeleteUserPolicy", [("UserName", name), ("PolicyName", "all-of-s3")]),
            ("UpdateAccessKey", [("UserName", other), ("AccessKeyId", "AKIA"), ("Status", "Active")]),
            ("ListUsers", []),
            ("GetUser", [("UserName", other)]),
            ("GetUserPolicy", [("UserName", other), ("PolicyName", "p")]),
        ];
        foreach (var (action, parameters) in attempts)
        {
            await user.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, action, Token, parameters);
        }

        await PolicyAsync(
            name,
            "some",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"arn:aws:iam::*:user/admins/*"}]}""");
        await user.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "CreateAccessKey", Token, ("UserName", other));
        await user.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "CreateAccessKey", Token, ("UserName", other.ToUpperInvariant()));
        Assert.Equal(name, await user.DoAsync("GetUser", "UserName", Token));
    }

    [Fact]
    public async Task What_is_signed_is_the_form_for_this_service()
    {
        var name = NewName();
        (string, string)[] parameters = [("UserName", name)];
        var form = IamClient.Form("CreateUser", parameters);
        _root.IsError(await _root.SendForgedAsync("CreateUser", "s3", form, Token, parameters), "SignatureDoesNotMatch", HttpStatusCode.BadRequest);
        _root.IsError(
            await _root.SendForgedAsync("CreateUser", "iam", IamClient.Form("ListUsers"), Token, parameters), "SignatureDoesNotMatch", HttpStatusCode.Forbidden);
        using var stranger = new IamClient(fixture.Server.Endpoint with { AccessKey = "AKIAUNKNOWNUNKNOWN00" });
        await stranger.RefusedAsync("InvalidClientTokenId", HttpStatusCode.Forbidden, "ListUsers", Token);
        using var forger = new IamClient(fixture.Server.Endpoint with { SecretKey = "another/secret/another/secret/another/se" });
        await forger.RefusedAsync("SignatureDoesNotMatch", HttpStatusCode.Forbidden, "ListUsers", Token);
        var unsigned = await Bucket.AnonymousClient.AnonymousAsync(fixture.Server, HttpMethod.Post, "/", Token, form);
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.Status);
        Assert.Contains("MissingAuthenticationToken", unsigned.Text);
        await _root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetUser", Token, parameters);
    }

    [Fact]
    public async Task What_is_wrong_is_told_and_not_stored()
    {
        var name = NewName();
        await _root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreateUser", Token, ("UserName", "a b"));
        await _root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreateUser", Token, ("UserName", new string('a', 65)));
        await _root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreateUser", Token, ("UserName", name), ("Path", "team"));
        await _root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreateUser", Token);
        await _root.RefusedAsync("NotImplemented", HttpStatusCode.NotImplemented, "CreateVirtualMFADevice", Token);
        await _root.DoAsync("CreateUser", "Path", Token, ("UserName", name));
        await _root.RefusedAsync(
            "MalformedPolicyDocument", HttpStatusCode.BadRequest, "PutUserPolicy", Token, ("UserName", name), ("PolicyName", "p"), ("PolicyDocument", "{}"));
        Assert.Equal("", await _root.DoAsync("ListUserPolicies", "member", Token, ("UserName", name)));
        await PolicyAsync(name, "p", Allow("s3:*", "*"));
        Assert.Equal(Allow("s3:*", "*"), Uri.UnescapeDataString(await _root.DoAsync("GetUserPolicy", "PolicyDocument", Token, ("UserName", name), ("PolicyName", "p"))));
        await KeyAsync(name);
        await KeyAsync(name);
        await _root.RefusedAsync("LimitExceeded", HttpStatusCode.Conflict, "CreateAccessKey", Token, ("UserName", name));
        Assert.Equal("Active,Active", await _root.DoAsync("ListAccessKeys", "Status", Token, ("UserName", name)));
        Assert.Equal("", await _root.DoAsync("ListAccessKeys", "SecretAccessKey", Token, ("UserName", name)));
    }
}
