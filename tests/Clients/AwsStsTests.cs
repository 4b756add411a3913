using System.Text.Json;
using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>The AWS CLI v2 of Debian 12: <c>aws iam</c> and <c>aws sts</c>.</summary>
public sealed class AwsStsTests(ServerFixture server)
{
    private readonly string _name = ServerFixture.NewBucketName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Allow(string action) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"{{action}}","Resource":"*"}]}""";

    [Fact]
    public async Task A_role_is_assumed_used_and_taken_away()
    {
        var root = server.Endpoint;
        var user = (await AwsAsync(root, "iam", "create-user", "--user-name", _name)).GetProperty("User").GetProperty("Arn").GetString()!;
        var key = (await AwsAsync(root, "iam", "create-access-key", "--user-name", _name)).GetProperty("AccessKey");
        var endpoint = root with { AccessKey = Text(key, "AccessKeyId"), SecretKey = Text(key, "SecretAccessKey") };
        Assert.Equal(user, Text(await AwsAsync(endpoint, "sts", "get-caller-identity"), "Arn"));
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{user}}"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"some-id"} } }]}""";
        var role = (await AwsAsync(root, "iam", "create-role", "--role-name", _name, "--assume-role-policy-document", trust)).GetProperty("Role");
        await AwsAsync(root, "iam", "put-role-policy", "--role-name", _name, "--policy-name", "p", "--policy-document", Allow("s3:*"));
        string[] assume = ["sts", "assume-role", "--role-arn", Text(role, "Arn"), "--role-session-name", "cli", "--external-id"];
        Assert.Contains("AccessDenied", (await Aws(endpoint, [.. assume, "another-id"]).RunAsync(Token)).Errors, StringComparison.Ordinal);
        var given = (await AwsAsync(endpoint, [.. assume, "some-id", "--policy", Allow("s3:ListAllMyBuckets")])).GetProperty("Credentials");
        var session = root with
        {
            AccessKey = Text(given, "AccessKeyId"),
            SecretKey = Text(given, "SecretAccessKey"),
            SessionToken = Text(given, "SessionToken"),
        };
        Assert.EndsWith("/cli", Text(await AwsAsync(session, "sts", "get-caller-identity"), "Arn"), StringComparison.Ordinal);
        await AwsAsync(session, "s3api", "list-buckets");
        Assert.Contains("AccessDenied", (await Aws(session, "s3api", "create-bucket", "--bucket", _name).RunAsync(Token)).Errors, StringComparison.Ordinal);
        Assert.Contains("AccessDenied", (await Aws(session, "iam", "list-users").RunAsync(Token)).Errors, StringComparison.Ordinal);
        await AwsAsync(root, "iam", "delete-role-policy", "--role-name", _name, "--policy-name", "p");
        await AwsAsync(root, "iam", "delete-role", "--role-name", _name);
        Assert.Contains("InvalidAccessKeyId", (await Aws(session, "s3api", "list-buckets").RunAsync(Token)).Errors, StringComparison.Ordinal);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static async Task<JsonElement> AwsAsync(S3Endpoint endpoint, params string[] arguments)
    {
        var result = await Aws(endpoint, arguments).SucceedAsync(Token);
        return result.Output.Length == 0 ? default : JsonDocument.Parse(result.Output).RootElement;
    }

    private static Command Aws(S3Endpoint endpoint, params string[] arguments) =>
        new(Prerequisite.Program("/usr/bin/aws", "awscli"), ["--endpoint-url", endpoint.Url, "--output", "json", .. arguments])
        {
            Environment = new Dictionary<string, string>(endpoint.AwsEnvironment) { ["AWS_MAX_ATTEMPTS"] = "1", ["LC_ALL"] = "C.UTF-8" },
        };
}
