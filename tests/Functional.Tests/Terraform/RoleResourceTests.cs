namespace S3Cassandra.Functional.Tests.Terraform;

/// <summary>
/// The calls that Terraform's AWS provider makes for aws_iam_role, aws_iam_role_policy and aws_iam_role_policy_attachment
/// (internal/service/iam/role.go, role_policy.go, role_policy_attachment.go): create, read, a plan without a change, destroy.
/// </summary>
public sealed class RoleResourceTests(ServerFixture fixture) : IDisposable
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"AWS":"*"},"Condition":{"StringEquals":{"sts:ExternalId":"x"}}}]}""";

    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";

    private readonly IamProvider _iam = new(fixture.Server.Endpoint);
    private readonly string _name = $"terraform-{Guid.NewGuid():n}";

    public void Dispose() => _iam.Dispose();

    [Fact]
    public async Task A_role_is_created_read_left_alone_changed_and_destroyed()
    {
        await CreateAsync();
        var role = await ReadAsync();
        Assert.Equal(role, await ReadAsync());
        Assert.Contains("<MaxSessionDuration>7200</MaxSessionDuration>", role);
        Assert.Contains("<Description>of tests</Description>", role);
        Assert.Contains($":role/terraform/{_name}</Arn>", role);

        await _iam.DoAsync("UpdateAssumeRolePolicy", ("RoleName", _name), ("PolicyDocument", Trust.Replace("\"x\"", "\"y\"", StringComparison.Ordinal)));
        await _iam.DoAsync("UpdateRoleDescription", ("RoleName", _name), ("Description", "changed"));
        await _iam.DoAsync("UpdateRole", ("RoleName", _name), ("MaxSessionDuration", "3600"), ("Description", "changed"));
        await _iam.DoAsync("UntagRole", ("RoleName", _name), ("TagKeys.member.1", "team"));
        await _iam.DoAsync("TagRole", ("RoleName", _name), ("Tags.member.1.Key", "env"), ("Tags.member.1.Value", "b"));
        var changed = await ReadAsync(Trust.Replace("\"x\"", "\"y\"", StringComparison.Ordinal));
        Assert.Contains("<Description>changed</Description>", changed);
        Assert.Contains("<Key>env</Key>", changed);
        Assert.DoesNotContain("<Key>team</Key>", changed);
        await DestroyAsync();
    }

    [Fact]
    public async Task A_roles_policies_are_created_read_left_alone_and_destroyed()
    {
        await CreateAsync();
        (string, string)[] inline = [("RoleName", _name), ("PolicyName", "p")];
        await _iam.DoAsync("PutRolePolicy", [.. inline, ("PolicyDocument", Policy)]);
        var read = await _iam.DoAsync("GetRolePolicy", inline);
        Assert.True(IamProvider.IsSame(Policy, IamProvider.Text(read, "PolicyDocument")));
        Assert.Equal(IamProvider.State(read), IamProvider.State(await _iam.DoAsync("GetRolePolicy", inline)));

        var arn = IamProvider.Text(await _iam.DoAsync("CreatePolicy", ("PolicyName", _name), ("PolicyDocument", Policy)), "Arn");
        await _iam.DoAsync("AttachRolePolicy", ("RoleName", _name), ("PolicyArn", arn));
        Assert.Equal(arn, IamProvider.Text(await _iam.DoAsync("ListAttachedRolePolicies", ("RoleName", _name)), "PolicyArn"));
        Assert.Equal("DeleteConflict", await _iam.CodeAsync("DeleteRole", ("RoleName", _name)));

        await _iam.DoAsync("DetachRolePolicy", ("RoleName", _name), ("PolicyArn", arn));
        Assert.Null(await _iam.FindAsync("DetachRolePolicy", ("RoleName", _name), ("PolicyArn", arn)));
        await _iam.DoAsync("DeletePolicy", ("PolicyArn", arn));
        await _iam.DoAsync("DeleteRolePolicy", inline);
        Assert.Null(await _iam.FindAsync("GetRolePolicy", inline));
        await DestroyAsync();
    }

    private async Task CreateAsync() => await _iam.DoAsync(
        "CreateRole", ("RoleName", _name), ("Path", "/terraform/"), ("AssumeRolePolicyDocument", Trust), ("Description", "of tests"),
        ("MaxSessionDuration", "7200"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "a b"));

    private async Task<string> ReadAsync(string trust = Trust)
    {
        var role = await _iam.DoAsync("GetRole", ("RoleName", _name));
        Assert.True(IamProvider.IsSame(trust, IamProvider.Text(role, "AssumeRolePolicyDocument")));
        var inline = await _iam.DoAsync("ListRolePolicies", ("RoleName", _name));
        var attached = await _iam.DoAsync("ListAttachedRolePolicies", ("RoleName", _name));
        return IamProvider.State(role) + IamProvider.State(inline) + IamProvider.State(attached);
    }

    private async Task DestroyAsync()
    {
        Assert.Empty((await _iam.DoAsync("ListInstanceProfilesForRole", ("RoleName", _name))).Descendants("InstanceProfileName"));
        await _iam.DoAsync("DeleteRole", ("RoleName", _name));
        Assert.Null(await _iam.FindAsync("GetRole", ("RoleName", _name)));
        Assert.Null(await _iam.FindAsync("DeleteRole", ("RoleName", _name)));
    }
}
