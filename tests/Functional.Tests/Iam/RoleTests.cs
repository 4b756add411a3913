using System.Net;
using S3Cassandra.Functional.Tests.Sts;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Iam;

/// <summary>Roles and identity providers, administered.</summary>
public sealed class RoleTests(ServerFixture fixture) : IDisposable
{
    private readonly IdentityLab _lab = new(fixture.Server);

    private IamClient Root => _lab.Root;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _lab.Dispose();

    private async Task<string> AnyTrustAsync() => Trust(Aws(await _lab.AccountIdAsync()));

    [Fact]
    public async Task A_role_comes_and_goes()
    {
        var name = NewName();
        (string, string) named = ("RoleName", name);
        var trust = await AnyTrustAsync();
        var arn = await Root.DoAsync("CreateRole", "Arn", Token, named, ("Path", "/team/"), ("AssumeRolePolicyDocument", trust), ("Description", "of a team"), ("MaxSessionDuration", "7200"));
        Assert.EndsWith($":role/team/{name}", arn);
        Assert.Equal(trust, Uri.UnescapeDataString(await Root.DoAsync("GetRole", "AssumeRolePolicyDocument", Token, named)));
        Assert.Equal("7200", await Root.DoAsync("GetRole", "MaxSessionDuration", Token, named));
        Assert.Matches("^AROA[A-Z2-7]{17}$", await Root.DoAsync("GetRole", "RoleId", Token, named));
        await Root.RefusedAsync("EntityAlreadyExists", HttpStatusCode.Conflict, "CreateRole", Token, ("RoleName", name.ToUpperInvariant()), ("AssumeRolePolicyDocument", trust));
        Assert.Contains(name, await Root.DoAsync("ListRoles", "RoleName", Token, ("PathPrefix", "/team/"), ("MaxItems", "1000")));
        Assert.DoesNotContain(name, await Root.DoAsync("ListRoles", "RoleName", Token, ("PathPrefix", "/other/")));
        await Root.DoAsync("UpdateRole", "none", Token, named, ("Description", "another"), ("MaxSessionDuration", "3600"));
        Assert.Equal(("another", "3600"), (await Root.DoAsync("GetRole", "Description", Token, named), await Root.DoAsync("GetRole", "MaxSessionDuration", Token, named)));
        Assert.Equal("", await Root.DoAsync("ListInstanceProfilesForRole", "member", Token, named));
        await Root.DoAsync("DeleteRole", "none", Token, named);
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetRole", Token, named);
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DeleteRole", Token, named);
    }

    [Fact]
    public async Task Its_policies_are_put_attached_and_taken()
    {
        var role = await _lab.RoleAsync(await AnyTrustAsync(), Allow("s3:*"));
        (string, string) named = ("RoleName", role);
        (string, string) attached = ("PolicyArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess");
        Assert.Equal("p", await Root.DoAsync("ListRolePolicies", "member", Token, named));
        Assert.Equal(Allow("s3:*"), Uri.UnescapeDataString(await Root.DoAsync("GetRolePolicy", "PolicyDocument", Token, named, ("PolicyName", "p"))));
        await Root.DoAsync("AttachRolePolicy", "none", Token, named, attached);
        await Root.DoAsync("AttachRolePolicy", "none", Token, named, attached);
        Assert.Equal("AmazonS3FullAccess", await Root.DoAsync("ListAttachedRolePolicies", "PolicyName", Token, named));
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeleteRole", Token, named);
        await Root.DoAsync("DeleteRolePolicy", "none", Token, named, ("PolicyName", "p"));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DeleteRolePolicy", Token, named, ("PolicyName", "p"));
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeleteRole", Token, named);
        await Root.DoAsync("DetachRolePolicy", "none", Token, named, attached);
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DetachRolePolicy", Token, named, attached);
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "AttachRolePolicy", Token, named, ("PolicyArn", "arn:aws:iam::aws:policy/NoSuchPolicyHere"));
        await Root.DoAsync("PutRolePermissionsBoundary", "none", Token, named, ("PermissionsBoundary", attached.Item2));
        Assert.Equal(attached.Item2, await Root.DoAsync("GetRole", "PermissionsBoundaryArn", Token, named));
        await Root.DoAsync("DeleteRolePermissionsBoundary", "none", Token, named);
        Assert.Equal("", await Root.DoAsync("GetRole", "PermissionsBoundaryArn", Token, named));
        await Root.DoAsync("DeleteRole", "none", Token, named);
    }

    [Fact]
    public async Task It_has_tags()
    {
        var role = await _lab.RoleAsync(await AnyTrustAsync(), more: [("Tags.member.1.Key", "env"), ("Tags.member.1.Value", "test")]);
        (string, string) named = ("RoleName", role);
        Assert.Equal("env", await Root.DoAsync("ListRoleTags", "Key", Token, named));
        await Root.DoAsync("TagRole", "none", Token, named, ("Tags.member.1.Key", "ENV"), ("Tags.member.1.Value", "prod"), ("Tags.member.2.Key", "a"), ("Tags.member.2.Value", ""));
        Assert.Equal("prod", (await Root.DoAsync("ListRoleTags", "Value", Token, named)).Trim(','));
        await Root.DoAsync("UntagRole", "none", Token, named, ("TagKeys.member.1", "env"));
        Assert.Equal("a", await Root.DoAsync("ListRoleTags", "Key", Token, named));
    }

    [Fact]
    public async Task A_trust_policy_that_is_wrong_is_told_and_not_stored()
    {
        var account = await _lab.AccountIdAsync();
        string[] wrong =
        [
            "{}",
            Allow("sts:AssumeRole"),
            Trust("\"*\"", "s3:GetObject"),
            Trust(Aws($"arn:aws:iam::{account}:user/nobody-{NewName()}")),
            Trust(Aws($"arn:aws:iam::{account}:role/nobody-{NewName()}")),
            Trust(Aws("999999999999")),
            Trust(Aws("arn:aws:iam::123:root")),
            Trust(Aws("nonsense")),
            Trust("\"*\"", more: ",\"Resource\":\"*\""),
            Trust("{}"),
        ];
        var role = await _lab.RoleAsync(await AnyTrustAsync());
        foreach (var document in wrong)
        {
            await Root.RefusedAsync("MalformedPolicyDocument", HttpStatusCode.BadRequest, "CreateRole", Token, ("RoleName", NewName()), ("AssumeRolePolicyDocument", document));
            await Root.RefusedAsync("MalformedPolicyDocument", HttpStatusCode.BadRequest, "UpdateAssumeRolePolicy", Token, ("RoleName", role), ("PolicyDocument", document));
        }

        await Root.RefusedAsync(
            "LimitExceeded", HttpStatusCode.Conflict, "CreateRole", Token, ("RoleName", NewName()), ("AssumeRolePolicyDocument", Trust("\"*\"", more: $",\"Sid\":\"{new string('x', 2000)}\"")));
        Assert.Equal(await AnyTrustAsync(), Uri.UnescapeDataString(await Root.DoAsync("GetRole", "AssumeRolePolicyDocument", Token, ("RoleName", role))));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreateRole", Token, ("RoleName", NewName()));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "UpdateRole", Token, ("RoleName", role), ("MaxSessionDuration", "3599"));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "UpdateRole", Token, ("RoleName", role), ("MaxSessionDuration", "43201"));
    }

    [Fact]
    public async Task A_provider_is_registered_changed_and_removed()
    {
        var url = $"https://{NewName()}.example.com/realm";
        var arn = await Root.DoAsync("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn", Token, ("Url", url), ("ClientIDList.member.1", "a"), ("ThumbprintList.member.1", new string('A', 40)));
        (string, string) named = ("OpenIDConnectProviderArn", arn);
        Assert.EndsWith(":oidc-provider/" + url["https://".Length..], arn);
        await Root.RefusedAsync("EntityAlreadyExists", HttpStatusCode.Conflict, "CreateOpenIDConnectProvider", Token, ("Url", url));
        Assert.Equal(url["https://".Length..], await Root.DoAsync("GetOpenIDConnectProvider", "Url", Token, named));
        Assert.Contains(arn, await Root.DoAsync("ListOpenIDConnectProviders", "Arn", Token));
        await Root.DoAsync("AddClientIDToOpenIDConnectProvider", "none", Token, named, ("ClientID", "b"));
        await Root.DoAsync("RemoveClientIDFromOpenIDConnectProvider", "none", Token, named, ("ClientID", "a"));
        await Root.DoAsync("UpdateOpenIDConnectProviderThumbprint", "none", Token, named, ("ThumbprintList.member.1", new string('c', 40)));
        Assert.Equal($"b,{new string('c', 40)}", await Root.DoAsync("GetOpenIDConnectProvider", "member", Token, named));
        await Root.DoAsync("TagOpenIDConnectProvider", "none", Token, named, ("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v"));
        Assert.Equal("k", await Root.DoAsync("ListOpenIDConnectProviderTags", "Key", Token, named));
        await Root.DoAsync("TagOpenIDConnectProvider", "none", Token, named, ("Tags.member.1.Key", "K"), ("Tags.member.1.Value", "w"));
        Assert.Equal("K,k", await Root.DoAsync("ListOpenIDConnectProviderTags", "Key", Token, named));
        await Root.DoAsync("UntagOpenIDConnectProvider", "none", Token, named, ("TagKeys.member.1", "k"));
        Assert.Equal("K", await Root.DoAsync("ListOpenIDConnectProviderTags", "Key", Token, named));
        await Root.DoAsync("UntagOpenIDConnectProvider", "none", Token, named, ("TagKeys.member.1", "K"));
        Assert.Equal("", await Root.DoAsync("ListOpenIDConnectProviderTags", "Key", Token, named));
        await Root.DoAsync("DeleteOpenIDConnectProvider", "none", Token, named);
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetOpenIDConnectProvider", Token, named);
        foreach (var wrong in (string[])["http://id.example.com", "https://user@id.example.com", "https://id.example.com?a=1", "https://id.example.com#a", "https://id_x.example.com", "https://id.example.com:8443", "https://id.example.com:443/realm", "https://[::1]:8443", "https://127.0.0.1:1"])
        {
            await Root.RefusedAsync("InvalidInput", HttpStatusCode.BadRequest, "CreateOpenIDConnectProvider", Token, ("Url", wrong));
        }

        // A port goes only with a host that the settings name with it.
        var port = $"https://127.0.0.1:{fixture.Server.IdentityProvider.Port}/{NewName()}";
        await Root.DoAsync("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn", Token, ("Url", port));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreateOpenIDConnectProvider", Token, ("Url", "id.example.com"));
        await Root.RefusedAsync("InvalidInput", HttpStatusCode.BadRequest, "CreateOpenIDConnectProvider", Token, ("Url", url), ("ThumbprintList.member.1", "abc"));
    }
}
