using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

/// <summary>What a principal with some rights on IAM tries in order to have more.</summary>
public sealed class EscalationTests(ServerFixture fixture) : IDisposable
{
    private const string Administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

    private readonly IamWorld _iam = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IamClient Root => _iam.Root;

    public void Dispose() => _iam.Dispose();

    private static Task DeniedAsync(IamClient client, string action, params (string Name, string Value)[] parameters) =>
        client.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, action, Token, parameters);

    /// <summary>A user with every right, and a boundary that allows only what is given.</summary>
    private async Task<(string Name, IamClient Client, S3Client S3)> BoundAsync(string boundary)
    {
        var user = await _iam.UserAsync(("PermissionsBoundary", await _iam.PolicyAsync(boundary)));
        await Root.DoAsync("AttachUserPolicy", "none", Token, ("UserName", user), ("PolicyArn", Administrator));
        var endpoint = await _iam.KeyAsync(user);
        return (user, new IamClient(endpoint), new S3Client(endpoint));
    }

    [Fact]
    public async Task A_boundary_limits_whatever_else_is_allowed_iam_included()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var (user, iam, s3) = await BoundAsync(IamWorld.Allow("s3:Get*"));
        using (iam)
        using (s3)
        {
            (await s3.PutAsync(bucket, "k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
            Assert.Equal(HttpStatusCode.NotFound, (await s3.GetAsync("absent-" + bucket, "k", Token)).Status);
            await DeniedAsync(iam, "ListUsers");
            await DeniedAsync(iam, "DeleteUserPermissionsBoundary", ("UserName", user));
            await DeniedAsync(iam, "PutUserPermissionsBoundary", ("UserName", user), ("PermissionsBoundary", Administrator));
            await DeniedAsync(iam, "CreateAccessKey", ("UserName", user));
            await Root.DoAsync("DeleteUserPermissionsBoundary", "none", Token, ("UserName", user));
            Assert.True((await s3.PutAsync(bucket, "k", [1], Token)).IsSuccess);
            await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DeleteUserPermissionsBoundary", Token, ("UserName", user));
        }
    }

    [Fact]
    public async Task A_boundary_is_shown_counted_and_not_deleted()
    {
        var arn = await _iam.PolicyAsync(IamWorld.Allow("s3:*"));
        var user = await _iam.UserAsync(("PermissionsBoundary", arn));
        Assert.Equal(arn, await Root.DoAsync("GetUser", "PermissionsBoundaryArn", Token, ("UserName", user)));
        Assert.Equal("1", await Root.DoAsync("GetPolicy", "PermissionsBoundaryUsageCount", Token, ("PolicyArn", arn)));
        Assert.Equal(user, await Root.DoAsync("ListEntitiesForPolicy", "UserName", Token, ("PolicyArn", arn), ("PolicyUsageFilter", "PermissionsBoundary")));
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeletePolicy", Token, ("PolicyArn", arn));
        await Root.RefusedAsync(
            "NoSuchEntity", HttpStatusCode.NotFound, "PutUserPermissionsBoundary", Token, ("UserName", user), ("PermissionsBoundary", arn + "x"));
        await Root.RefusedAsync(
            "InvalidInput", HttpStatusCode.BadRequest, "CreateUser", Token, ("UserName", IamWorld.NewName()), ("PermissionsBoundary", "everything"));
    }

    /// <summary>AWS's recipe for delegated administration: who makes users has to give them the boundary, and cannot take it away.</summary>
    /// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate"/>
    [Fact]
    public async Task Who_may_make_users_only_within_a_boundary_makes_none_without()
    {
        var boundary = await _iam.PolicyAsync(IamWorld.Allow("s3:*"));
        var within = $$$"""{"StringEquals":{"iam:PermissionsBoundary":"{{{boundary}}}"}}""";
        var (name, client) = await _iam.ActorAsync(
            $$$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":["iam:CreateUser","iam:AttachUserPolicy","iam:PutUserPolicy","iam:PutUserPermissionsBoundary"],"Resource":"*","Condition":{{{within}}}},
              {"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"*"},
              {"Effect":"Deny","Action":["iam:DeleteUserPermissionsBoundary","iam:CreatePolicyVersion","iam:SetDefaultPolicyVersion"],"Resource":"*"}]}
            """);
        using (client)
        {
            await DeniedAsync(client, "CreateUser", ("UserName", IamWorld.NewName()));
            await DeniedAsync(client, "CreateUser", ("UserName", IamWorld.NewName()), ("PermissionsBoundary", Administrator));
            var made = IamWorld.NewName();
            await client.DoAsync("CreateUser", "UserId", Token, ("UserName", made), ("PermissionsBoundary", boundary));
            await client.DoAsync("AttachUserPolicy", "none", Token, ("UserName", made), ("PolicyArn", Administrator));
            await DeniedAsync(client, "AttachUserPolicy", ("UserName", name), ("PolicyArn", Administrator));
            await DeniedAsync(client, "PutUserPolicy", ("UserName", name), ("PolicyName", "q"), ("PolicyDocument", IamWorld.Allow("*")));
            await DeniedAsync(client, "PutUserPermissionsBoundary", ("UserName", made), ("PermissionsBoundary", Administrator));
            await DeniedAsync(client, "DeleteUserPermissionsBoundary", ("UserName", made));
            await DeniedAsync(client, "CreatePolicyVersion", ("PolicyArn", boundary), ("PolicyDocument", IamWorld.Allow("*")), ("SetAsDefault", "true"));
            using var puppet = new IamClient(await _iam.KeyAsync(made, client));
            await DeniedAsync(puppet, "CreateAccessKey", ("UserName", name));
            await DeniedAsync(puppet, "ListUsers");
        }
    }

    [Fact]
    public async Task Who_may_attach_some_policies_attaches_no_others()
    {
        var harmless = await _iam.PolicyAsync(IamWorld.Allow("s3:ListBucket"));
        var condition = $$$"""{"ArnEquals":{"iam:PolicyARN":"{{{harmless}}}"}}""";
        var (name, client) = await _iam.ActorAsync(IamWorld.Allow("iam:*", "*", condition));
        using (client)
        {
            await client.DoAsync("AttachUserPolicy", "none", Token, ("UserName", name), ("PolicyArn", harmless));
            await DeniedAsync(client, "AttachUserPolicy", ("UserName", name), ("PolicyArn", Administrator));
            await DeniedAsync(client, "PutUserPolicy", ("UserName", name), ("PolicyName", "q"), ("PolicyDocument", IamWorld.Allow("*")));
            await DeniedAsync(client, "CreatePolicyVersion", ("PolicyArn", harmless), ("PolicyDocument", IamWorld.Allow("*")), ("SetAsDefault", "true"));
        }
    }

    [Fact]
    public async Task Tags_decide_who_is_administered()
    {
        var (mine, theirs) = (await _iam.UserAsync(("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red")), await _iam.UserAsync());
        var (_, client) = await _iam.ActorAsync(
            """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Action":["iam:CreateAccessKey","iam:TagUser"],"Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}},
              {"Effect":"Allow","Action":"iam:CreateUser","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/team":"red"},"ForAllValues:StringEquals":{"aws:TagKeys":["team","note"]}}},
              {"Effect":"Deny","Action":["iam:TagUser","iam:UntagUser"],"Resource":"*","Condition":{"ForAnyValue:StringEquals":{"aws:TagKeys":"team"}}}]}
            """);
        using (client)
        {
            await client.DoAsync("CreateAccessKey", "AccessKeyId", Token, ("UserName", mine));
            await DeniedAsync(client, "CreateAccessKey", ("UserName", theirs));
            await DeniedAsync(client, "TagUser", ("UserName", theirs), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red"));
            await DeniedAsync(client, "TagUser", ("UserName", mine), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue"));
            await client.DoAsync("TagUser", "none", Token, ("UserName", mine), ("Tags.member.1.Key", "note"), ("Tags.member.1.Value", "x"));
            await DeniedAsync(client, "UntagUser", ("UserName", mine), ("TagKeys.member.1", "team"));
            await DeniedAsync(client, "CreateUser", ("UserName", IamWorld.NewName()));
            await DeniedAsync(
                client, "CreateUser", ("UserName", IamWorld.NewName()), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red"), ("Tags.member.2.Key", "admin"), ("Tags.member.2.Value", ""));
            await client.DoAsync("CreateUser", "UserId", Token, ("UserName", IamWorld.NewName()), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red"));
        }
    }

    [Fact]
    public async Task Who_may_do_everything_in_s3_does_nothing_in_iam()
    {
        var (name, client) = await _iam.ActorAsync(IamWorld.Allow("s3:*"));
        var arn = await _iam.PolicyAsync(IamWorld.Allow("s3:ListBucket"));
        var group = IamWorld.NewName("group");
        await Root.DoAsync("CreateGroup", "GroupId", Token, ("GroupName", group));
        (string Action, (string, string)[] Parameters)[] attempts =
        [
            ("AttachUserPolicy", [("UserName", name), ("PolicyArn", Administrator)]),
            ("AttachGroupPolicy", [("GroupName", group), ("PolicyArn", Administrator)]),
            ("AddUserToGroup", [("GroupName", group), ("UserName", name)]),
            ("CreateGroup", [("GroupName", IamWorld.NewName("group"))]),
            ("PutGroupPolicy", [("GroupName", group), ("PolicyName", "p"), ("PolicyDocument", IamWorld.Allow("*"))]),
            ("CreatePolicy", [("PolicyName", IamWorld.NewName("policy")), ("PolicyDocument", IamWorld.Allow("*"))]),
            ("CreatePolicyVersion", [("PolicyArn", arn), ("PolicyDocument", IamWorld.Allow("*")), ("SetAsDefault", "true")]),
            ("SetDefaultPolicyVersion", [("PolicyArn", arn), ("VersionId", "v1")]),
            ("DeletePolicy", [("PolicyArn", arn)]),
            ("UpdateUser", [("UserName", name), ("NewUserName", "root")]),
            ("UpdateGroup", [("GroupName", group), ("NewGroupName", IamWorld.NewName("group"))]),
            ("PutUserPermissionsBoundary", [("UserName", name), ("PermissionsBoundary", Administrator)]),
            ("DeleteUserPermissionsBoundary", [("UserName", name)]),
            ("TagUser", [("UserName", name), ("Tags.member.1.Key", "admin"), ("Tags.member.1.Value", "yes")]),
            ("DetachUserPolicy", [("UserName", name), ("PolicyArn", Administrator)]),
            ("CreateAccountAlias", [("AccountAlias", "mine-now")]),
            ("GetAccountSummary", []),
            ("SimulatePrincipalPolicy", [("PolicySourceArn", "arn:aws:iam::123456789012:user/x"), ("ActionNames.member.1", "s3:GetObject")]),
        ];
        using (client)
        {
            foreach (var (action, parameters) in attempts)
            {
                await DeniedAsync(client, action, parameters);
            }
        }
    }

    [Fact]
    public async Task A_policy_made_again_under_its_name_is_not_the_one_that_was_attached()
    {
        var document = IamWorld.Allow("s3:ListBucket");
        var arn = await _iam.PolicyAsync(document);
        var user = await _iam.UserAsync();
        await Root.DoAsync("AttachUserPolicy", "none", Token, ("UserName", user), ("PolicyArn", arn));
        await Root.DoAsync("DetachUserPolicy", "none", Token, ("UserName", user), ("PolicyArn", arn));
        await Root.DoAsync("DeletePolicy", "none", Token, ("PolicyArn", arn));
        await Root.DoAsync("CreatePolicy", "Arn", Token, ("PolicyName", arn[(arn.LastIndexOf('/') + 1)..]), ("PolicyDocument", IamWorld.Allow("*")));
        using var client = new IamClient(await _iam.KeyAsync(user));
        await DeniedAsync(client, "ListUsers");
    }
}
