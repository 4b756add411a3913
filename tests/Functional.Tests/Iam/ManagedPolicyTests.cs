using System.Globalization;
using System.Net;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

public sealed class ManagedPolicyTests(ServerFixture fixture) : IDisposable
{
    private const string Administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

    private readonly IamWorld _iam = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IamClient Root => _iam.Root;

    public void Dispose() => _iam.Dispose();

    private Task<string> AttachAsync(string user, string arn) => Root.DoAsync("AttachUserPolicy", "none", Token, ("UserName", user), ("PolicyArn", arn));

    private Task<string> DetachAsync(string user, string arn) => Root.DoAsync("DetachUserPolicy", "none", Token, ("UserName", user), ("PolicyArn", arn));

    [Fact]
    public async Task A_policy_comes_and_goes()
    {
        var (name, path) = (IamWorld.NewName("policy"), $"/{Guid.NewGuid():n}/");
        (string, string)[] parameters = [("PolicyName", name), ("PolicyDocument", IamWorld.Allow("s3:*")), ("Path", path), ("Description", "all")];
        var arn = await Root.DoAsync("CreatePolicy", "Arn", Token, parameters);
        Assert.EndsWith($":policy{path}{name}", arn);
        await Root.RefusedAsync("EntityAlreadyExists", HttpStatusCode.Conflict, "CreatePolicy", Token, parameters);
        Assert.Equal("all", await Root.DoAsync("GetPolicy", "Description", Token, ("PolicyArn", arn)));
        Assert.Equal("v1", await Root.DoAsync("GetPolicy", "DefaultVersionId", Token, ("PolicyArn", arn)));
        Assert.Equal(arn, await Root.DoAsync("ListPolicies", "Arn", Token, ("PathPrefix", path)));
        Assert.Equal("", await Root.DoAsync("ListPolicies", "Arn", Token, ("PathPrefix", path), ("OnlyAttached", "true")));
        Assert.Contains(Administrator, await Root.DoAsync("ListPolicies", "Arn", Token, ("Scope", "AWS")));
        Assert.DoesNotContain(Administrator, await Root.DoAsync("ListPolicies", "Arn", Token, ("Scope", "Local"), ("MaxItems", "1000")));
        await Root.DoAsync("DeletePolicy", "none", Token, ("PolicyArn", arn));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetPolicy", Token, ("PolicyArn", arn));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DeletePolicy", Token, ("PolicyArn", arn));
    }

    [Fact]
    public async Task A_version_is_in_force_once_it_is_the_default_one()
    {
        var arn = await _iam.PolicyAsync(IamWorld.Allow("s3:ListBucket"));
        for (var number = 2; number <= 5; number++)
        {
            Assert.Equal(
                string.Create(CultureInfo.InvariantCulture, $"v{number}"),
                await Root.DoAsync("CreatePolicyVersion", "VersionId", Token, ("PolicyArn", arn), ("PolicyDocument", IamWorld.Allow("s3:Get*"))));
        }

        await Root.RefusedAsync(
            "LimitExceeded", HttpStatusCode.Conflict, "CreatePolicyVersion", Token, ("PolicyArn", arn), ("PolicyDocument", IamWorld.Allow("s3:*")));
        Assert.Equal("v5,v4,v3,v2,v1", await Root.DoAsync("ListPolicyVersions", "VersionId", Token, ("PolicyArn", arn)));
        Assert.Equal("false,false,false,false,true", await Root.DoAsync("ListPolicyVersions", "IsDefaultVersion", Token, ("PolicyArn", arn)));
        var (user, bucket) = (await _iam.UserAsync(), await fixture.Server.CreateBucketAsync(Token));
        await AttachAsync(user, arn);
        using var s3 = new S3Client(await _iam.KeyAsync(user));
        Assert.True((await s3.GetAsync(bucket, null, Token)).IsSuccess);
        await Root.DoAsync("SetDefaultPolicyVersion", "none", Token, ("PolicyArn", arn), ("VersionId", "v3"));
        (await s3.GetAsync(bucket, null, Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeletePolicyVersion", Token, ("PolicyArn", arn), ("VersionId", "v3"));
        await Root.DoAsync("DeletePolicyVersion", "none", Token, ("PolicyArn", arn), ("VersionId", "v1"));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetPolicyVersion", Token, ("PolicyArn", arn), ("VersionId", "v1"));
        Assert.Equal("v6", await Root.DoAsync(
            "CreatePolicyVersion", "VersionId", Token, ("PolicyArn", arn), ("PolicyDocument", IamWorld.Allow("s3:*")), ("SetAsDefault", "true")));
        Assert.Equal("true", await Root.DoAsync("GetPolicyVersion", "IsDefaultVersion", Token, ("PolicyArn", arn), ("VersionId", "v6")));
        var shown = await Root.DoAsync("GetPolicyVersion", "Document", Token, ("PolicyArn", arn), ("VersionId", "v6"));
        Assert.Equal(IamWorld.Allow("s3:*"), Uri.UnescapeDataString(shown));
        Assert.True((await s3.GetAsync(bucket, null, Token)).IsSuccess);
    }

    [Fact]
    public async Task What_is_attached_counts_and_stays()
    {
        var (arn, user) = (await _iam.PolicyAsync(IamWorld.Allow("s3:*")), await _iam.UserAsync());
        var group = IamWorld.NewName("group");
        await Root.DoAsync("CreateGroup", "GroupId", Token, ("GroupName", group));
        await AttachAsync(user, arn);
        await AttachAsync(user, arn);
        await Root.DoAsync("AttachGroupPolicy", "none", Token, ("GroupName", group), ("PolicyArn", arn));
        Assert.Equal("2", await Root.DoAsync("GetPolicy", "AttachmentCount", Token, ("PolicyArn", arn)));
        Assert.Equal(user, await Root.DoAsync("ListEntitiesForPolicy", "UserName", Token, ("PolicyArn", arn)));
        Assert.Equal(group, await Root.DoAsync("ListEntitiesForPolicy", "GroupName", Token, ("PolicyArn", arn)));
        Assert.Equal("", await Root.DoAsync("ListEntitiesForPolicy", "GroupName", Token, ("PolicyArn", arn), ("EntityFilter", "User")));
        Assert.Equal(arn, await Root.DoAsync("ListAttachedUserPolicies", "PolicyArn", Token, ("UserName", user)));
        Assert.Equal(arn, await Root.DoAsync("ListAttachedGroupPolicies", "PolicyArn", Token, ("GroupName", group)));
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeletePolicy", Token, ("PolicyArn", arn));
        await Root.RefusedAsync("DeleteConflict", HttpStatusCode.Conflict, "DeleteUser", Token, ("UserName", user));
        await DetachAsync(user, arn);
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "DetachUserPolicy", Token, ("UserName", user), ("PolicyArn", arn));
        await Root.DoAsync("DetachGroupPolicy", "none", Token, ("GroupName", group), ("PolicyArn", arn));
        await Root.DoAsync("DeletePolicy", "none", Token, ("PolicyArn", arn));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "AttachUserPolicy", Token, ("UserName", user), ("PolicyArn", arn));
    }

    [Fact]
    public async Task Ten_policies_are_attached_at_most()
    {
        var user = await _iam.UserAsync();
        for (var number = 0; number < 10; number++)
        {
            await AttachAsync(user, await _iam.PolicyAsync(IamWorld.Allow("s3:*")));
        }

        await Root.RefusedAsync(
            "LimitExceeded", HttpStatusCode.Conflict, "AttachUserPolicy", Token, ("UserName", user), ("PolicyArn", Administrator));
        Assert.Equal(10, (await Root.DoAsync("ListAttachedUserPolicies", "PolicyArn", Token, ("UserName", user))).Split(',').Length);
        Assert.Equal("true", await Root.DoAsync("ListAttachedUserPolicies", "IsTruncated", Token, ("UserName", user), ("MaxItems", "9")));
    }

    [Fact]
    public async Task AWSs_own_policies_are_there_and_stay_as_they_are()
    {
        var (user, bucket) = (await _iam.UserAsync(), await fixture.Server.CreateBucketAsync(Token));
        using var s3 = new S3Client(await _iam.KeyAsync(user));
        using var iam = new IamClient(await _iam.KeyAsync(user));
        await AttachAsync(user, "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess");
        Assert.True((await s3.GetAsync(bucket, null, Token)).IsSuccess);
        (await s3.PutAsync(bucket, "k", [1], Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await AttachAsync(user, Administrator);
        Assert.True((await s3.PutAsync(bucket, "k", [1], Token)).IsSuccess);
        Assert.Contains(user, await iam.DoAsync("ListUsers", "UserName", Token, ("MaxItems", "1000")));
        await AttachAsync(user, "arn:aws:iam::aws:policy/AWSDenyAll");
        (await s3.GetAsync(bucket, null, Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await iam.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "ListUsers", Token);
        await Root.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "DeletePolicy", Token, ("PolicyArn", Administrator));
        await Root.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "TagPolicy", Token, ("PolicyArn", Administrator), ("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v"));
        await Root.RefusedAsync(
            "AccessDenied", HttpStatusCode.Forbidden, "CreatePolicyVersion", Token, ("PolicyArn", Administrator), ("PolicyDocument", IamWorld.Allow("*")));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "GetPolicy", Token, ("PolicyArn", "arn:aws:iam::aws:policy/NoSuchPolicy"));
    }

    [Fact]
    public async Task What_is_wrong_is_told_and_not_stored()
    {
        var name = IamWorld.NewName("policy");
        await Root.RefusedAsync("MalformedPolicyDocument", HttpStatusCode.BadRequest, "CreatePolicy", Token, ("PolicyName", name), ("PolicyDocument", "{}"));
        var large = IamWorld.Allow("s3:" + new string('*', 6200));
        await Root.RefusedAsync("LimitExceeded", HttpStatusCode.Conflict, "CreatePolicy", Token, ("PolicyName", name), ("PolicyDocument", Many(80)));
        await Root.RefusedAsync("MalformedPolicyDocument", HttpStatusCode.BadRequest, "CreatePolicy", Token, ("PolicyName", name), ("PolicyDocument", large));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "CreatePolicy", Token, ("PolicyName", name));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "GetPolicy", Token, ("PolicyArn", "arn"));
        await Root.RefusedAsync("InvalidInput", HttpStatusCode.BadRequest, "GetPolicy", Token, ("PolicyArn", "arn:aws:iam::123456789012:user/ann"));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "ListPolicies", Token, ("Scope", "Other"));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "ListPolicies", Token, ("MaxItems", "0"));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "ListPolicies", Token, ("MaxItems", "1001"));
        var arn = await _iam.PolicyAsync(IamWorld.Allow("s3:*"));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "GetPolicyVersion", Token, ("PolicyArn", arn), ("VersionId", "1"));
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "SetDefaultPolicyVersion", Token, ("PolicyArn", arn), ("VersionId", "v2"));
    }

    [Fact]
    public async Task Tags_are_put_listed_and_taken_away()
    {
        var arn = await _iam.PolicyAsync(IamWorld.Allow("s3:*"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "a"));
        var user = await _iam.UserAsync(("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "a"));
        foreach (var (kind, by, isCaseSensitive) in new[] { ("Policy", ("PolicyArn", arn), true), ("User", ("UserName", user), false) })
        {
            await Root.DoAsync($"Tag{kind}", "none", Token, by, ("Tags.member.1.Key", "TEAM"), ("Tags.member.1.Value", "b"), ("Tags.member.2.Key", "x"), ("Tags.member.2.Value", ""));
            Assert.Equal(isCaseSensitive ? "TEAM,team,x" : "TEAM,x", await Root.DoAsync($"List{kind}Tags", "Key", Token, by));
            Assert.Equal(isCaseSensitive ? "b,a," : "b,", await Root.DoAsync($"List{kind}Tags", "Value", Token, by));
            Assert.Equal("TEAM", await Root.DoAsync($"List{kind}Tags", "Key", Token, by, ("MaxItems", "1")));
            await Root.DoAsync($"Untag{kind}", "none", Token, by, ("TagKeys.member.1", "team"), ("TagKeys.member.2", "absent"));
            Assert.Equal(isCaseSensitive ? "TEAM,x" : "x", await Root.DoAsync($"List{kind}Tags", "Key", Token, by));
            await Root.DoAsync($"Untag{kind}", "none", Token, by, ("TagKeys.member.1", "TEAM"));
            Assert.Equal("x", await Root.DoAsync($"Get{kind}", "Key", Token, by));
            var second = isCaseSensitive ? "a" : "A";
            await Root.RefusedAsync(
                "InvalidInput", HttpStatusCode.BadRequest, $"Tag{kind}", Token, by, ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", ""), ("Tags.member.2.Key", second), ("Tags.member.2.Value", ""));
            await Root.RefusedAsync("InvalidInput", HttpStatusCode.BadRequest, $"Tag{kind}", Token, by, ("Tags.member.1.Key", "aws:a"), ("Tags.member.1.Value", ""));
            await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, $"Tag{kind}", Token, by, ("Tags.member.1.Key", "a<"), ("Tags.member.1.Value", ""));
            var many = Enumerable.Range(1, 50).SelectMany(number => new[] { ($"Tags.member.{number}.Key", $"k{number}"), ($"Tags.member.{number}.Value", "") });
            await Root.RefusedAsync("LimitExceeded", HttpStatusCode.Conflict, $"Tag{kind}", Token, [by, .. many]);
        }
    }

    private static string Many(int statements) =>
        $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', Enumerable.Repeat("""{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/some/prefix/*"}""", statements))}}]}""";
}
