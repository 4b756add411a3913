using System.Net;
using System.Xml.Linq;
using S3Cassandra.Functional.Tests.Sts;

namespace S3Cassandra.Functional.Tests.Iam;

/// <summary>GetAccountAuthorizationDetails, each test in an account of its own.</summary>
public sealed class AuthorizationDetailsTests(ServerFixture fixture) : IAsyncLifetime
{
    private const string Action = "GetAccountAuthorizationDetails";
    private const string OfAws = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

    private readonly IdentityLab _lab = new(fixture.Server);
    private string _account = "";
    private IamClient _root = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var (account, root) = await _lab.AccountAsync();
        (_account, _root) = (account, new IamClient(root));
    }

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        _lab.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Everything_is_shown_with_how_it_hangs_together()
    {
        await FillAsync();
        var document = await PageAsync();
        var user = Only(document, "UserDetailList");
        Assert.Equal(("ann", "/team/", "staff", "inline"), (Value(user, "UserName"), Value(user, "Path"), Value(user, "GroupList", "member"), Value(user, "UserPolicyList", "PolicyName")));
        Assert.Contains("s3:GetObject", Uri.UnescapeDataString(Value(user, "UserPolicyList", "PolicyDocument")), StringComparison.Ordinal);
        Assert.Equal(($"arn:aws:iam::{_account}:policy/own", "team", "x"), (Value(user, "PermissionsBoundaryArn"), Value(user, "Key"), Value(user, "Value")));
        Assert.Equal(OfAws, Value(user, "AttachedManagedPolicies", "PolicyArn"));

        var group = Only(document, "GroupDetailList");
        Assert.Equal(("staff", $"arn:aws:iam::{_account}:policy/own", ""), (Value(group, "GroupName"), Value(group, "AttachedManagedPolicies", "PolicyArn"), Value(group, "GroupPolicyList")));

        var role = Only(document, "RoleDetailList");
        Assert.Equal(("reader", "", ""), (Value(role, "RoleName"), Value(role, "InstanceProfileList"), Value(role, "RoleLastUsed")));
        Assert.Contains("sts:AssumeRole", Uri.UnescapeDataString(Value(role, "AssumeRolePolicyDocument")), StringComparison.Ordinal);

        var policies = List(document, "Policies").ToDictionary(policy => Value(policy, "Arn"));
        Assert.Equal([OfAws, $"arn:aws:iam::{_account}:policy/own"], policies.Keys.Order(StringComparer.Ordinal).Reverse());
        var own = policies[$"arn:aws:iam::{_account}:policy/own"];
        Assert.Equal(("1", "1", "v2"), (Value(own, "AttachmentCount"), Value(own, "PermissionsBoundaryUsageCount"), Value(own, "DefaultVersionId")));
        Assert.Equal(["v2", "v1"], own.Descendants().Where(element => element.Name.LocalName == "VersionId").Select(element => element.Value));
        Assert.Contains("s3:Put", Uri.UnescapeDataString(own.Descendants().First(element => element.Name.LocalName == "Document").Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_names_the_kinds()
    {
        await FillAsync();
        foreach (var (kind, list) in new[] { ("User", "UserDetailList"), ("Group", "GroupDetailList"), ("Role", "RoleDetailList"), ("LocalManagedPolicy", "Policies"), ("AWSManagedPolicy", "Policies") })
        {
            var document = await PageAsync(("Filter.member.1", kind));
            Assert.Equal(list, Assert.Single(Filled(document)));
            Assert.Single(List(document, list));
        }

        Assert.Equal(["UserDetailList", "RoleDetailList"], Filled(await PageAsync(("Filter.member.1", "Role"), ("Filter.member.2", "User"))));
        await _root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, Action, Token, ("Filter.member.1", "Bucket"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Pages_show_each_once(int size)
    {
        await FillAsync();
        foreach (var name in new[] { "bob", "Cal", "dan" })
        {
            await _root.DoAsync("CreateUser", "Arn", Token, ("UserName", name));
        }

        var seen = new List<string>();
        var marker = "";
        do
        {
            (string, string)[] after = marker.Length == 0 ? [] : [("Marker", marker)];
            var document = await PageAsync([("MaxItems", $"{size}"), .. after]);
            var arns = document.Descendants().Where(element => element.Name.LocalName == "Arn").Select(element => element.Value).ToList();
            Assert.InRange(arns.Count, 1, size);
            seen.AddRange(arns);
            Assert.Equal(Value(document, "IsTruncated") == "true", Value(document, "Marker").Length > 0);
            marker = Value(document, "Marker");
        }
        while (marker.Length > 0);

        Assert.Equal(8, seen.Count);
        Assert.Equal(8, seen.Distinct().Count());
        await _root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, Action, Token, ("Marker", "nonsense"));
        await _root.RefusedAsync("ValidationError", HttpStatusCode.BadRequest, Action, Token, ("MaxItems", "1001"));
    }

    [Fact]
    public async Task It_has_to_be_allowed()
    {
        var (_, user) = await _lab.UserAsync(IdentityLab.Allow("iam:List*"), by: _root);
        using var client = new IamClient(user);
        await client.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, Action, Token);
    }

    /// <summary>A user, a group, a role, a policy of the account's own and one of AWS's, bound to each other.</summary>
    private async Task FillAsync()
    {
        var own = await _root.DoAsync("CreatePolicy", "Arn", Token, ("PolicyName", "own"), ("PolicyDocument", IamWorld.Allow("s3:Get*")));
        await _root.DoAsync("CreatePolicyVersion", "VersionId", Token, ("PolicyArn", own), ("PolicyDocument", IamWorld.Allow("s3:Put*")), ("SetAsDefault", "true"));
        await _root.DoAsync(
            "CreateUser", "Arn", Token, ("UserName", "ann"), ("Path", "/team/"), ("PermissionsBoundary", own), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "x"));
        await _root.DoAsync("PutUserPolicy", "none", Token, ("UserName", "ann"), ("PolicyName", "inline"), ("PolicyDocument", IamWorld.Allow("s3:GetObject")));
        await _root.DoAsync("AttachUserPolicy", "none", Token, ("UserName", "ann"), ("PolicyArn", OfAws));
        await _root.DoAsync("CreateGroup", "Arn", Token, ("GroupName", "staff"));
        await _root.DoAsync("AttachGroupPolicy", "none", Token, ("GroupName", "staff"), ("PolicyArn", own));
        await _root.DoAsync("AddUserToGroup", "none", Token, ("GroupName", "staff"), ("UserName", "ann"));
        await _root.DoAsync("CreateRole", "Arn", Token, ("RoleName", "reader"), ("AssumeRolePolicyDocument", IdentityLab.Trust(IdentityLab.Aws(_account))));
    }

    private async Task<XElement> PageAsync(params (string, string)[] parameters)
    {
        var (status, document) = await _root.SendAsync(Action, Token, parameters);
        Assert.True(status == HttpStatusCode.OK, document.ToString());
        return document;
    }

    private static IEnumerable<string> Filled(XElement document) =>
        new[] { "UserDetailList", "GroupDetailList", "RoleDetailList", "Policies" }.Where(list => List(document, list).Any());

    private static IEnumerable<XElement> List(XElement document, string list) => document.Elements().First().Elements().Single(element => element.Name.LocalName == list).Elements();

    private static XElement Only(XElement document, string list) => Assert.Single(List(document, list));

    /// <summary>The text at the end of a path of names; empty where there is none.</summary>
    private static string Value(XElement element, params string[] path)
    {
        IEnumerable<XElement> found = [element];
        foreach (var name in path)
        {
            found = found.SelectMany(parent => parent.Descendants().Where(child => child.Name.LocalName == name));
        }

        return found.FirstOrDefault()?.Value ?? "";
    }
}
