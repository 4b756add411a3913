using System.Net;

namespace S3Cassandra.Functional.Tests.Iam;

public sealed class SimulationTests(ServerFixture fixture) : IDisposable
{
    private readonly IamWorld _iam = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IamClient Root => _iam.Root;

    public void Dispose() => _iam.Dispose();

    [Fact]
    public async Task Policies_given_with_the_request_are_asked()
    {
        (string, string)[] parameters =
        [
            ("PolicyInputList.member.1", IamWorld.Allow("s3:*", "arn:aws:s3:::b/*")),
            ("PolicyInputList.member.2", IamWorld.Deny("s3:DeleteObject")),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ActionNames.member.2", "s3:DeleteObject"),
            ("ResourceArns.member.1", "arn:aws:s3:::b/k"),
            ("ResourceArns.member.2", "arn:aws:s3:::c/k"),
        ];
        Assert.Equal("allowed,implicitDeny,explicitDeny,explicitDeny", await Root.DoAsync("SimulateCustomPolicy", "EvalDecision", Token, parameters));
        Assert.Equal("PolicyInputList.1,PolicyInputList.2,PolicyInputList.2", await Root.DoAsync("SimulateCustomPolicy", "SourcePolicyId", Token, parameters));
        Assert.Equal("true", await Root.DoAsync("SimulateCustomPolicy", "IsTruncated", Token, [.. parameters, ("MaxItems", "3")]));
        (string, string)[] bound = [.. parameters, ("PermissionsBoundaryPolicyInputList.member.1", IamWorld.Allow("s3:Put*"))];
        Assert.Equal("implicitDeny,implicitDeny,explicitDeny,explicitDeny", await Root.DoAsync("SimulateCustomPolicy", "EvalDecision", Token, bound));
        Assert.Equal("false,false,false,false", await Root.DoAsync("SimulateCustomPolicy", "AllowedByPermissionsBoundary", Token, bound));
    }

    [Fact]
    public async Task Conditions_are_asked_with_what_is_given()
    {
        (string, string)[] parameters =
        [
            ("PolicyInputList.member.1", IamWorld.Allow("s3:ListBucket", "*", """{"StringEquals":{"s3:prefix":"home/"},"NumericLessThan":{"s3:max-keys":"10"}}""")),
            ("ActionNames.member.1", "s3:ListBucket"),
        ];
        Assert.Equal("implicitDeny", await Root.DoAsync("SimulateCustomPolicy", "EvalDecision", Token, parameters));
        var (_, document) = await Root.SendAsync("SimulateCustomPolicy", Token, parameters);
        var missing = document.Descendants().Single(element => element.Name.LocalName == "MissingContextValues").Elements().Select(element => element.Value);
        Assert.Equal(["s3:max-keys", "s3:prefix"], missing);
        (string, string)[] given =
        [
            .. parameters,
            ("ContextEntries.member.1.ContextKeyName", "s3:prefix"),
            ("ContextEntries.member.1.ContextKeyType", "string"),
            ("ContextEntries.member.1.ContextKeyValues.member.1", "home/"),
            ("ContextEntries.member.2.ContextKeyName", "s3:max-keys"),
            ("ContextEntries.member.2.ContextKeyType", "numeric"),
            ("ContextEntries.member.2.ContextKeyValues.member.1", "5"),
        ];
        Assert.Equal("allowed", await Root.DoAsync("SimulateCustomPolicy", "EvalDecision", Token, given));
    }

    [Fact]
    public async Task A_principals_own_policies_groups_and_boundary_are_asked()
    {
        var user = await _iam.UserAsync();
        var arn = await Root.DoAsync("GetUser", "Arn", Token, ("UserName", user));
        (string, string)[] parameters =
        [
            ("PolicySourceArn", arn), ("ActionNames.member.1", "s3:GetObject"), ("ActionNames.member.2", "s3:PutObject"), ("ResourceArns.member.1", $"arn:aws:s3:::b/{user}/k"),
        ];
        Task<string> DecideAsync() => Root.DoAsync("SimulatePrincipalPolicy", "EvalDecision", Token, parameters);
        Assert.Equal("implicitDeny,implicitDeny", await DecideAsync());
        await _iam.InlineAsync(user, IamWorld.Allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/*"));
        Assert.Equal("allowed,implicitDeny", await DecideAsync());
        var group = IamWorld.NewName("group");
        await Root.DoAsync("CreateGroup", "GroupId", Token, ("GroupName", group));
        await Root.DoAsync("AttachGroupPolicy", "none", Token, ("GroupName", group), ("PolicyArn", "arn:aws:iam::aws:policy/AmazonS3FullAccess"));
        await Root.DoAsync("AddUserToGroup", "none", Token, ("GroupName", group), ("UserName", user));
        Assert.Equal("allowed,allowed", await DecideAsync());
        Assert.Contains("AmazonS3FullAccess", await Root.DoAsync("SimulatePrincipalPolicy", "SourcePolicyId", Token, parameters));
        await Root.DoAsync("PutUserPermissionsBoundary", "none", Token, ("UserName", user), ("PermissionsBoundary", await _iam.PolicyAsync(IamWorld.Allow("s3:Put*"))));
        Assert.Equal("implicitDeny,allowed", await DecideAsync());
    }

    [Fact]
    public async Task A_buckets_policy_is_asked_besides()
    {
        var account = (await Root.DoAsync("GetUser", "Arn", Token)).Split(':')[4];
        var (ann, bob) = ($"arn:aws:iam::{account}:user/ann", $"arn:aws:iam::{account}:user/bob");
        var policy = $$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"AWS":"{{ann}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"},
              {"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::b/*"}
            ]}
            """;
        (string, string)[] asked =
        [
            ("PolicyInputList.member.1", IamWorld.Allow("s3:DeleteObject")), ("ResourcePolicy", policy), ("ResourceArns.member.1", "arn:aws:s3:::b/k"),
            ("ActionNames.member.1", "s3:GetObject"), ("ActionNames.member.2", "s3:DeleteObject"), ("ActionNames.member.3", "s3:PutObject"),
        ];
        Task<string> DecideAsync(string caller, string element = "EvalDecision", params (string, string)[] more) =>
            Root.DoAsync("SimulateCustomPolicy", element, Token, [.. asked, ("CallerArn", caller), .. more]);
        Assert.Equal("allowed,explicitDeny,implicitDeny", await DecideAsync(ann));
        Assert.Equal("ResourcePolicy,ResourcePolicy", await DecideAsync(ann, "SourcePolicyId"));
        Assert.Equal("implicitDeny,explicitDeny,implicitDeny", await DecideAsync(bob));

        // Of another account both sides have to allow it.
        (string, string) owner = ("ResourceOwner", "arn:aws:iam::999999999999:root");
        Assert.Equal("implicitDeny,explicitDeny,implicitDeny", await DecideAsync(ann, "EvalDecision", owner));
        Assert.Equal("implicitDeny,allowed,allowed,explicitDeny,implicitDeny,implicitDeny", await DecideAsync(ann, "value", owner));
        (string, string) allowed = ("PolicyInputList.member.2", IamWorld.Allow("s3:GetObject"));
        Assert.Equal("allowed,explicitDeny,implicitDeny", await DecideAsync(ann, "EvalDecision", owner, allowed));
        Assert.Equal("implicitDeny,explicitDeny,implicitDeny", await DecideAsync(bob, "EvalDecision", owner, allowed));

        var user = await _iam.UserAsync();
        var arn = await Root.DoAsync("GetUser", "Arn", Token, ("UserName", user));
        (string, string)[] own = [("PolicySourceArn", arn), ("ResourcePolicy", policy.Replace(ann, arn, StringComparison.Ordinal)), .. asked[2..4]];
        Assert.Equal("allowed", await Root.DoAsync("SimulatePrincipalPolicy", "EvalDecision", Token, own));
        Assert.Equal("implicitDeny", await Root.DoAsync("SimulatePrincipalPolicy", "EvalDecision", Token, [.. own, ("CallerArn", bob)]));
    }

    [Fact]
    public async Task What_is_wrong_with_a_buckets_policy_is_told()
    {
        const string action = "SimulateCustomPolicy";
        var policy = """{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}}""";
        (string, string)[] right =
        [
            ("PolicyInputList.member.1", IamWorld.Allow("s3:*")), ("ActionNames.member.1", "s3:GetObject"), ("CallerArn", "arn:aws:iam::111122223333:user/ann"),
            ("ResourceOwner", "arn:aws:iam::111122223333:root"), ("ResourcePolicy", policy), ("ResourceArns.member.1", "arn:aws:s3:::b/k"),
        ];
        Assert.Equal("allowed", await Root.DoAsync(action, "EvalDecision", Token, right));
        Task RefusedAsync(string name, string? value) => Root.RefusedAsync(
            "InvalidInput", HttpStatusCode.BadRequest, action, Token, [.. right.Where(one => one.Item1 != name), .. value is null ? Array.Empty<(string, string)>() : [(name, value)]]);
        await RefusedAsync("CallerArn", null);
        await RefusedAsync("CallerArn", "arn:aws:iam::111122223333:role/r");
        await RefusedAsync("CallerArn", "arn:aws:iam::111122223333:root");
        await RefusedAsync("ResourceOwner", "111122223333");
        await RefusedAsync("ResourcePolicy", "{}");
        await RefusedAsync("ResourceArns.member.1", null);
        await RefusedAsync("ResourceArns.member.1", "arn:aws:s3:::c/k");
        await RefusedAsync("ResourceArns.member.2", "arn:aws:s3:::c/k");
        await RefusedAsync("ResourceArns.member.1", "arn:aws:iam::111122223333:role/r");
        var group = IamWorld.NewName("group");
        var arn = await Root.DoAsync("CreateGroup", "Arn", Token, ("GroupName", group));
        (string, string)[] ofGroup = [("PolicySourceArn", arn), .. right.Where(one => one.Item1 is not ("CallerArn" or "PolicyInputList.member.1"))];
        await Root.RefusedAsync("InvalidInput", HttpStatusCode.BadRequest, "SimulatePrincipalPolicy", Token, ofGroup);
        Assert.Equal("allowed", await Root.DoAsync("SimulatePrincipalPolicy", "EvalDecision", Token, [.. ofGroup, right[2]]));
    }

    [Fact]
    public async Task What_is_wrong_is_told()
    {
        (string, string) action = ("ActionNames.member.1", "s3:GetObject");
        (string, string) policy = ("PolicyInputList.member.1", IamWorld.Allow("s3:*"));
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "SimulateCustomPolicy", Token, policy);
        await Root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, "SimulateCustomPolicy", Token, action);
        await Root.RefusedAsync("InvalidInput", HttpStatusCode.BadRequest, "SimulateCustomPolicy", Token, policy, ("ActionNames.member.1", "GetObject"));
        await Root.RefusedAsync("InvalidInput", HttpStatusCode.BadRequest, "SimulateCustomPolicy", Token, action, ("PolicyInputList.member.1", "{}"));
        await Root.RefusedAsync("InvalidInput", HttpStatusCode.BadRequest, "SimulatePrincipalPolicy", Token, action, ("PolicySourceArn", "arn:aws:s3:::b"));
        var account = (await Root.DoAsync("GetUser", "Arn", Token)).Split(':')[4];
        await Root.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, "SimulatePrincipalPolicy", Token, action, ("PolicySourceArn", $"arn:aws:iam::{account}:user/nobody"));
    }
}
