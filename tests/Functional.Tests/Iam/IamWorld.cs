using System.Net;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

/// <summary>What tests of the IAM API begin with: the root's client, and users with keys and policies.</summary>
internal sealed class IamWorld(RunningServer server) : IDisposable
{
    public IamClient Root { get; } = new(server.Endpoint);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static string NewName(string kind = "user") => $"{kind}-{Guid.NewGuid():n}";

    public static string Allow(string action, string resource = "*", string condition = "") => Statement("Allow", action, resource, condition);

    public static string Deny(string action, string resource = "*", string condition = "") => Statement("Deny", action, resource, condition);

    public void Dispose() => Root.Dispose();

    /// <summary>A new user; parameters besides its name.</summary>
    public async Task<string> UserAsync(params (string Name, string Value)[] parameters)
    {
        var name = NewName();
        await Root.DoAsync("CreateUser", "UserId", Token, [("UserName", name), .. parameters]);
        return name;
    }

    /// <summary>A new managed policy's ARN.</summary>
    public Task<string> PolicyAsync(string document, params (string Name, string Value)[] parameters) => Root.DoAsync(
        "CreatePolicy", "Arn", Token, [("PolicyName", NewName("policy")), ("PolicyDocument", document), .. parameters]);

    public Task<string> InlineAsync(string user, string document, string name = "p") =>
        Root.DoAsync("PutUserPolicy", "none", Token, ("UserName", user), ("PolicyName", name), ("PolicyDocument", document));

    /// <summary>A new key of a user.</summary>
    public async Task<S3Endpoint> KeyAsync(string user, IamClient? client = null)
    {
        var (status, document) = await (client ?? Root).SendAsync("CreateAccessKey", Token, ("UserName", user));
        Assert.Equal(HttpStatusCode.OK, status);
        return server.Endpoint with { AccessKey = Text(document, "AccessKeyId"), SecretKey = Text(document, "SecretAccessKey") };
    }

    /// <summary>A new user with an inline policy, and a client that signs as it.</summary>
    public async Task<(string Name, IamClient Client)> ActorAsync(string document)
    {
        var name = await UserAsync();
        await InlineAsync(name, document);
        return (name, new IamClient(await KeyAsync(name)));
    }

    public static string Text(XElement document, string name) => document.Descendants().Single(element => element.Name.LocalName == name).Value;

    private static string Statement(string effect, string action, string resource, string condition)
    {
        var circumstances = condition.Length == 0 ? "" : $",\"Condition\":{condition}";
        return $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{{effect}}}","Action":"{{{action}}}","Resource":"{{{resource}}}"{{{circumstances}}}}]}""";
    }
}
