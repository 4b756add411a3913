using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.Storage.Identities;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>Makes users, roles, sessions and accounts for a test, in one line each.</summary>
internal sealed class IdentityLab(RunningServer server) : IDisposable
{
    private string? _accountId;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public IamClient Root { get; } = new(server.Endpoint);

    public void Dispose() => Root.Dispose();

    public static string NewName() => $"n{Guid.NewGuid():n}";

    public static string Allow(string action, string resource = "*") => Statement("Allow", action, resource);

    public static string Deny(string action, string resource = "*") => Statement("Deny", action, resource);

    /// <summary>A trust policy with one statement; <paramref name="more"/> begins with a comma.</summary>
    public static string Trust(string principal, string action = "sts:AssumeRole", string more = "") =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"{{action}}"{{more}}}]}""";

    public static string Aws(string arn) => $$"""{"AWS":"{{arn}}"}""";

    public static string If(string @operator, string key, string value) => $$$""","Condition":{"{{{@operator}}}":{"{{{key}}}":"{{{value}}}"}}""";

    public static string Text(XElement document, string name) => document.Descendants().Single(element => element.Name.LocalName == name).Value;

    public async Task<string> AccountIdAsync() => _accountId ??= (await Root.DoAsync("GetUser", "Arn", Token)).Split(':')[4];

    public async Task<string> RoleArnAsync(string role) => $"arn:aws:iam::{await AccountIdAsync()}:role/{role}";

    public async Task<string> UserArnAsync(string user) => $"arn:aws:iam::{await AccountIdAsync()}:user/{user}";

    /// <summary>A user with a key, and a policy where one is given.</summary>
    public async Task<(string Name, S3Endpoint Endpoint)> UserAsync(string? policy = null, string? name = null, IamClient? by = null)
    {
        name ??= NewName();
        by ??= Root;
        await by.DoAsync("CreateUser", "Arn", Token, ("UserName", name));
        if (policy is not null)
        {
            await by.DoAsync("PutUserPolicy", "none", Token, ("UserName", name), ("PolicyName", "p"), ("PolicyDocument", policy));
        }

        return (name, await KeyAsync(name, by));
    }

    public async Task<S3Endpoint> KeyAsync(string user, IamClient? by = null)
    {
        var (status, document) = await (by ?? Root).SendAsync("CreateAccessKey", Token, ("UserName", user));
        Assert.Equal(HttpStatusCode.OK, status);
        return server.Endpoint with { AccessKey = Text(document, "AccessKeyId"), SecretKey = Text(document, "SecretAccessKey") };
    }

    public async Task ForgetUserAsync(string name, params S3Endpoint[] keys)
    {
        foreach (var key in keys)
        {
            await Root.DoAsync("DeleteAccessKey", "none", Token, ("UserName", name), ("AccessKeyId", key.AccessKey));
        }

        await Root.SendAsync("DeleteUserPolicy", Token, ("UserName", name), ("PolicyName", "p"));
        await Root.DoAsync("DeleteUser", "none", Token, ("UserName", name));
    }

    /// <summary>A role, with a policy where one is given.</summary>
    public async Task<string> RoleAsync(string trust, string? policy = null, string? name = null, params (string, string)[] more)
    {
        name ??= NewName();
        await Root.DoAsync("CreateRole", "Arn", Token, [("RoleName", name), ("AssumeRolePolicyDocument", trust), .. more]);
        if (policy is not null)
        {
            await PutRolePolicyAsync(name, policy);
        }

        return name;
    }

    public Task PutRolePolicyAsync(string role, string policy) =>
        Root.DoAsync("PutRolePolicy", "none", Token, ("RoleName", role), ("PolicyName", "p"), ("PolicyDocument", policy));

    public async Task ForgetRoleAsync(string role)
    {
        await Root.SendAsync("DeleteRolePolicy", Token, ("RoleName", role), ("PolicyName", "p"));
        await Root.DoAsync("DeleteRole", "none", Token, ("RoleName", role));
    }

    public async Task<(HttpStatusCode Status, XElement Document)> TryAssumeAsync(S3Endpoint caller, string role, params (string, string)[] more)
    {
        using var sts = new IamClient(caller, "sts");
        var arn = role.StartsWith("arn:", StringComparison.Ordinal) ? role : await RoleArnAsync(role);
        (string, string)[] name = more.Any(one => one.Item1 == "RoleSessionName") ? [] : [("RoleSessionName", "session")];
        return await sts.SendAsync("AssumeRole", Token, [("RoleArn", arn), .. name, .. more]);
    }

    public async Task<S3Endpoint> AssumeAsync(S3Endpoint caller, string role, params (string, string)[] more)
    {
        var (status, document) = await TryAssumeAsync(caller, role, more);
        Assert.True(status == HttpStatusCode.OK, document.ToString());
        return Session(document);
    }

    public async Task RefusedAsync(S3Endpoint caller, string role, string code = "AccessDenied", params (string, string)[] more)
    {
        using var sts = new IamClient(caller, "sts");
        sts.IsError(await TryAssumeAsync(caller, role, more), code, code == "AccessDenied" ? HttpStatusCode.Forbidden : HttpStatusCode.BadRequest);
    }

    public S3Endpoint Session(XElement document) => server.Endpoint with
    {
        AccessKey = Text(document, "AccessKeyId"),
        SecretKey = Text(document, "SecretAccessKey"),
        SessionToken = Text(document, "SessionToken"),
    };

    /// <summary>A session of a user that may assume anything, of a fresh role that trusts it and may what is said.</summary>
    public async Task<(S3Endpoint Endpoint, string Role)> SessionAsync(string policy, params (string, string)[] more)
    {
        var (user, endpoint) = await UserAsync();
        var role = await RoleAsync(Trust(Aws(await UserArnAsync(user))), policy);
        return (await AssumeAsync(endpoint, role, more), role);
    }

    /// <summary>Another account: its id, and a client of its root.</summary>
    public async Task<(string AccountId, S3Endpoint Root)> AccountAsync()
    {
        var accounts = server.Services.GetRequiredService<AccountStore>();
        var identities = server.Services.GetRequiredService<IdentityStore>();
        var account = new AccountRecord
        {
            AccountId = Account.NewAccountId(),
            CanonicalId = Account.NewCanonicalId(),
            Name = NewName(),
            Created = DateTimeOffset.UtcNow,
        };
        Assert.Equal(IdentityOutcome.Changed, await accounts.CreateAsync(account, Token));
        var key = new KeyRecord(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), account.AccountId, "", account.AccountId);
        Assert.Equal(IdentityOutcome.Changed, await identities.CreateKeyAsync(key, DateTimeOffset.UtcNow, _ => true, Token));
        return (account.AccountId, server.Endpoint with { AccessKey = key.Id, SecretKey = key.Secret });
    }

    public static async Task<bool> MayAsync(S3Endpoint endpoint, string bucket, string? key = "k")
    {
        using var client = new S3Client(endpoint);
        var answer = await client.GetAsync(bucket, key, Token);
        Assert.True(answer.IsSuccess || answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, answer.Text);
        return answer.IsSuccess;
    }

    /// <summary>A bucket of the root's with an object <c>k</c>.</summary>
    public async Task<string> BucketAsync()
    {
        var bucket = await server.CreateBucketAsync(Token);
        await server.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token);
        return bucket;
    }

    private static string Statement(string effect, string action, string resource) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Action":"{{action}}","Resource":"{{resource}}"}]}""");
}
