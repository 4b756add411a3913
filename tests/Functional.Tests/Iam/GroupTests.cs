using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

public sealed class GroupTests(ServerFixture fixture) : IDisposable
{
    private readonly IamWorld _iam = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IamClient Root => _iam.Root;

    public void Dispose() => _iam.Dispose();

    private async Task<string> GroupAsync(string path = "/")
    {
        var name = IamWorld.NewName("group");
        await Root.DoAsync("CreateGroup", "GroupId", Token, ("GroupName", name), ("Path", path));
        return name;
    }

    [Fact]
    public async Task A_group_comes_and_goes()
    {
        var path = $"/{Guid.NewGuid():n}/";
        var name = await GroupAsync(path);
        await Root.RefusedAsync("EntityAlreadyExists", HttpStatusCode.Conflict, "CreateGroup", Token, ("GroupName", name.ToUpperInvariant()));
        Assert.EndsWith($":group{path}{name}", await Root.DoAsync("GetGroup", "Arn", Token, ("GroupName", name)));
        Assert.Equal(name, await Root.DoAsync("ListGroups", "GroupName", Token, ("PathPrefix", path)));
        await Root.DoAsync("DeleteGroup", "none", Token, ("GroupName", name));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetGroup", Token, ("GroupName", name));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DeleteGroup", Token, ("GroupName", name));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreateGroup", Token, ("GroupName", "a b"));
    }

    [Fact]
    public async Task Who_is_in_a_group_may_what_its_policies_say()
    {
        var (group, user, bucket) = (await GroupAsync(), await _iam.UserAsync(), await fixture.Server.CreateBucketAsync(Token));
        await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        using var s3 = new S3Client(await _iam.KeyAsync(user));
        (string, string)[] both = [("GroupName", group), ("UserName", user)];
        await Root.DoAsync(
            "PutGroupPolicy", "none", Token, ("GroupName", group), ("PolicyName", "read"), ("PolicyDocument", IamWorld.Allow("s3:GetObject", $"arn:aws:s3:::{bucket}/*")));
        (await s3.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await Root.DoAsync("AddUserToGroup", "none", Token, both);
        await Root.DoAsync("AddUserToGroup", "none", Token, both);
        Assert.Equal("text", (await s3.GetAsync(bucket, "k", Token)).Text);
        Assert.Equal(group, await Root.DoAsync("ListGroupsForUser", "GroupName", Token, ("UserName", user)));
        Assert.Equal(user, await Root.DoAsync("GetGroup", "UserName", Token, ("GroupName", group)));
        (await s3.PutAsync(bucket, "k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await Root.DoAsync("AttachGroupPolicy", "none", Token, ("GroupName", group), ("PolicyArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess"));
        Assert.True((await s3.PutAsync(bucket, "new", [1], Token)).IsSuccess);
        await _iam.InlineAsync(user, IamWorld.Deny("s3:PutObject"));
        (await s3.PutAsync(bucket, "new", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeleteGroup", Token, ("GroupName", group));
        await Root.DoAsync("RemoveUserFromGroup", "none", Token, both);
        (await s3.GetAsync(bucket, "k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "RemoveUserFromGroup", Token, both);
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeleteGroup", Token, ("GroupName", group));
    }

    [Fact]
    public async Task A_group_that_is_made_again_is_another()
    {
        var (group, user) = (await GroupAsync(), await _iam.UserAsync());
        await Root.DoAsync("AddUserToGroup", "none", Token, ("GroupName", group), ("UserName", user));
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeleteUser", Token, ("UserName", user));
        await Root.DoAsync("RemoveUserFromGroup", "none", Token, ("GroupName", group), ("UserName", user));
        await Root.DoAsync("DeleteGroup", "none", Token, ("GroupName", group));
        await Root.DoAsync("CreateGroup", "GroupId", Token, ("GroupName", group));
        Assert.Equal("", await Root.DoAsync("ListGroupsForUser", "GroupName", Token, ("UserName", user)));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "AddUserToGroup", Token, ("GroupName", group), ("UserName", "nobody"));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "AddUserToGroup", Token, ("GroupName", "none"), ("UserName", user));
    }

    [Fact]
    public async Task A_group_keeps_its_members_and_policies_under_another_name()
    {
        var (group, user) = (await GroupAsync(), await _iam.UserAsync());
        await Root.DoAsync("AddUserToGroup", "none", Token, ("GroupName", group), ("UserName", user));
        await Root.DoAsync("PutGroupPolicy", "none", Token, ("GroupName", group), ("PolicyName", "p"), ("PolicyDocument", IamWorld.Allow("s3:*")));
        var (other, renamed) = (await GroupAsync(), IamWorld.NewName("group"));
        await Root.RefusedAsync("EntityAlreadyExists", HttpStatusCode.Conflict, "UpdateGroup", Token, ("GroupName", group), ("NewGroupName", other));
        await Root.DoAsync("UpdateGroup", "none", Token, ("GroupName", group), ("NewGroupName", renamed), ("NewPath", "/new/"));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetGroup", Token, ("GroupName", group));
        Assert.EndsWith($":group/new/{renamed}", await Root.DoAsync("ListGroupsForUser", "Arn", Token, ("UserName", user)));
        Assert.Equal("p", await Root.DoAsync("ListGroupPolicies", "member", Token, ("GroupName", renamed)));
        using var s3 = new S3Client(await _iam.KeyAsync(user));
        Assert.True((await s3.GetAsync(await fixture.Server.CreateBucketAsync(Token), null, Token)).IsSuccess);
    }

    [Fact]
    public async Task A_groups_inline_policies_are_put_shown_and_removed()
    {
        var group = await GroupAsync();
        var document = IamWorld.Allow("s3:*");
        foreach (var name in new[] { "b", "a" })
        {
            await Root.DoAsync("PutGroupPolicy", "none", Token, ("GroupName", group), ("PolicyName", name), ("PolicyDocument", document));
        }

        Assert.Equal("a,b", await Root.DoAsync("ListGroupPolicies", "member", Token, ("GroupName", group)));
        Assert.Equal("a", await Root.DoAsync("ListGroupPolicies", "member", Token, ("GroupName", group), ("MaxItems", "1")));
        Assert.Equal("b", await Root.DoAsync("ListGroupPolicies", "member", Token, ("GroupName", group), ("MaxItems", "1"), ("Marker", "a")));
        var shown = await Root.DoAsync("GetGroupPolicy", "PolicyDocument", Token, ("GroupName", group), ("PolicyName", "a"));
        Assert.Equal(document, Uri.UnescapeDataString(shown));
        await Root.DoAsync("DeleteGroupPolicy", "none", Token, ("GroupName", group), ("PolicyName", "a"));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetGroupPolicy", Token, ("GroupName", group), ("PolicyName", "a"));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DeleteGroupPolicy", Token, ("GroupName", group), ("PolicyName", "a"));
        await Root.RefusedAsync(
            "MalformedPolicyDocument", HttpStatusCode.BadRequest, "PutGroupPolicy", Token, ("GroupName", group), ("PolicyName", "c"), ("PolicyDocument", "{}"));
    }
}
