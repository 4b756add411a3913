namespace S3Cassandra.Functional.Tests.Terraform;

/// <summary>
/// The calls that Terraform's AWS provider makes for aws_iam_user, aws_iam_user_policy, aws_iam_policy and aws_iam_user_policy_attachment
/// (internal/service/iam/user.go, user_policy.go, policy.go, user_policy_attachment.go): create, read, a plan without a change, destroy.
/// </summary>
public sealed class UserResourceTests(ServerFixture fixture) : IDisposable
{
    private readonly IamProvider _iam = new(fixture.Server.Endpoint);
    private readonly string _name = $"terraform-{Guid.NewGuid():n}";

    public void Dispose() => _iam.Dispose();

    private static string Policy(string action) =>
        $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"{{{action}}}","Resource":"arn:aws:s3:::bucket/*"}]}""";

    [Fact]
    public async Task A_user_is_created_read_left_alone_changed_and_destroyed()
    {
        await CreateUserAsync(("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "a b"));
        var user = await _iam.DoAsync("GetUser", ("UserName", _name));
        Assert.Equal(("/terraform/", "team", "a b"), (IamProvider.Text(user, "Path"), IamProvider.Text(user, "Key"), IamProvider.Text(user, "Value")));
        Assert.EndsWith($":user/terraform/{_name}", IamProvider.Text(user, "Arn"));
        Assert.Equal(IamProvider.State(user), IamProvider.State(await _iam.DoAsync("GetUser", ("UserName", _name))));

        await _iam.DoAsync("UpdateUser", ("UserName", _name), ("NewUserName", _name + "2"), ("NewPath", "/"));
        await _iam.DoAsync("UntagUser", ("UserName", _name + "2"), ("TagKeys.member.1", "team"));
        await _iam.DoAsync("TagUser", ("UserName", _name + "2"), ("Tags.member.1.Key", "env"), ("Tags.member.1.Value", ""));
        var changed = await _iam.DoAsync("GetUser", ("UserName", _name + "2"));
        Assert.Equal((IamProvider.Text(user, "UserId"), "env"), (IamProvider.Text(changed, "UserId"), IamProvider.Text(changed, "Key")));
        Assert.Null(await _iam.FindAsync("GetUser", ("UserName", _name)));
        await DestroyUserAsync(_name + "2");
    }

    [Fact]
    public async Task A_users_policy_is_created_read_left_alone_changed_and_destroyed()
    {
        await CreateUserAsync();
        (string, string)[] name = [("UserName", _name), ("PolicyName", "p")];
        foreach (var policy in new[] { Policy("s3:GetObject"), Policy("s3:PutObject") })
        {
            await _iam.DoAsync("PutUserPolicy", [.. name, ("PolicyDocument", policy)]);
            var read = await _iam.DoAsync("GetUserPolicy", name);
            Assert.True(IamProvider.IsSame(policy, IamProvider.Text(read, "PolicyDocument")));
            Assert.Equal(IamProvider.State(read), IamProvider.State(await _iam.DoAsync("GetUserPolicy", name)));
        }

        Assert.Equal("DeleteConflict", await _iam.CodeAsync("DeleteUser", ("UserName", _name)));
        await _iam.DoAsync("DeleteUserPolicy", name);
        Assert.Null(await _iam.FindAsync("GetUserPolicy", name));
        Assert.Null(await _iam.FindAsync("DeleteUserPolicy", name));
        await DestroyUserAsync(_name);
    }

    [Fact]
    public async Task A_policy_is_created_attached_read_left_alone_changed_detached_and_destroyed()
    {
        var created = await _iam.DoAsync(
            "CreatePolicy", ("PolicyName", _name), ("Path", "/"), ("Description", "of tests"), ("PolicyDocument", Policy("s3:GetObject")),
            ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "a"));
        var arn = IamProvider.Text(created, "Arn");
        await IsPolicyAsync(arn, "v1", Policy("s3:GetObject"));

        await CreateUserAsync();
        await _iam.DoAsync("AttachUserPolicy", ("UserName", _name), ("PolicyArn", arn));
        Assert.Equal(arn, IamProvider.Text(await _iam.DoAsync("ListAttachedUserPolicies", ("UserName", _name)), "PolicyArn"));
        Assert.Equal("DeleteConflict", await _iam.CodeAsync("DeletePolicy", ("PolicyArn", arn)));

        Assert.Single((await _iam.DoAsync("ListPolicyVersions", ("PolicyArn", arn))).Descendants("VersionId"));
        await _iam.DoAsync("CreatePolicyVersion", ("PolicyArn", arn), ("PolicyDocument", Policy("s3:PutObject")), ("SetAsDefault", "true"));
        await IsPolicyAsync(arn, "v2", Policy("s3:PutObject"));

        await _iam.DoAsync("DetachUserPolicy", ("UserName", _name), ("PolicyArn", arn));
        Assert.Equal("", IamProvider.Text(await _iam.DoAsync("ListAttachedUserPolicies", ("UserName", _name)), "PolicyArn"));
        await DestroyUserAsync(_name);

        foreach (var version in (await _iam.DoAsync("ListPolicyVersions", ("PolicyArn", arn))).Descendants("member").Where(member => member.Element("IsDefaultVersion")!.Value == "false"))
        {
            await _iam.DoAsync("DeletePolicyVersion", ("PolicyArn", arn), ("VersionId", version.Element("VersionId")!.Value));
        }

        await _iam.DoAsync("DeletePolicy", ("PolicyArn", arn));
        Assert.Null(await _iam.FindAsync("GetPolicy", ("PolicyArn", arn)));
    }

    private async Task IsPolicyAsync(string arn, string version, string document)
    {
        var policy = await _iam.DoAsync("GetPolicy", ("PolicyArn", arn));
        Assert.Equal((version, "of tests", "team"), (IamProvider.Text(policy, "DefaultVersionId"), IamProvider.Text(policy, "Description"), IamProvider.Text(policy, "Key")));
        var read = await _iam.DoAsync("GetPolicyVersion", ("PolicyArn", arn), ("VersionId", version));
        Assert.True(IamProvider.IsSame(document, IamProvider.Text(read, "Document")));
        Assert.Equal(IamProvider.State(policy), IamProvider.State(await _iam.DoAsync("GetPolicy", ("PolicyArn", arn))));
    }

    private async Task CreateUserAsync(params (string, string)[] tags) =>
        await _iam.DoAsync("CreateUser", [("UserName", _name), ("Path", "/terraform/"), .. tags]);

    /// <summary>With <c>force_destroy</c>: a user leaves its groups, and whatever else it may have is asked for and goes.</summary>
    private async Task DestroyUserAsync(string user)
    {
        var name = ("UserName", user);
        await _iam.DoAsync("CreateAccessKey", name);
        Assert.Empty((await _iam.DoAsync("ListGroupsForUser", name)).Descendants("GroupName"));
        foreach (var key in (await _iam.DoAsync("ListAccessKeys", name)).Descendants("AccessKeyId"))
        {
            await _iam.DoAsync("DeleteAccessKey", name, ("AccessKeyId", key.Value));
        }

        Assert.Empty((await _iam.DoAsync("ListSSHPublicKeys", name)).Descendants("member"));
        Assert.Empty((await _iam.DoAsync("ListVirtualMFADevices", ("AssignmentStatus", "Assigned"))).Descendants("member"));
        Assert.Empty((await _iam.DoAsync("ListMFADevices", name)).Descendants("member"));
        Assert.Null(await _iam.FindAsync("DeleteLoginProfile", name));
        Assert.Empty((await _iam.DoAsync("ListSigningCertificates", name)).Descendants("member"));
        Assert.Empty((await _iam.DoAsync("ListServiceSpecificCredentials", name)).Descendants("member"));

        await _iam.DoAsync("DeleteUser", name);
        Assert.Null(await _iam.FindAsync("GetUser", name));
        Assert.Null(await _iam.FindAsync("DeleteUser", name));
    }
}
