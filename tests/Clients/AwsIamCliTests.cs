using System.Text.Json;
using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>The AWS CLI v2 of Debian 12: <c>aws iam</c>.</summary>
public sealed class AwsIamCliTests(ServerFixture server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _user = $"ann-{Guid.NewGuid():n}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_user_with_a_key_and_a_policy_works_until_they_are_revoked()
    {
        var (bucket, group, policy) = (ServerFixture.NewBucketName(), $"team-{_user}", $"read-{_user}");
        await SucceedAsync(null, "s3", "mb", $"s3://{bucket}");
        var made = await IamAsync("create-user", "--user-name", _user, "--tags", "Key=team,Value=red");
        Assert.EndsWith($":user/{_user}", made.GetProperty("User").GetProperty("Arn").GetString(), StringComparison.Ordinal);
        var key = (await IamAsync("create-access-key", "--user-name", _user)).GetProperty("AccessKey");
        var endpoint = server.Endpoint with
        {
            AccessKey = key.GetProperty("AccessKeyId").GetString()!,
            SecretKey = key.GetProperty("SecretAccessKey").GetString()!,
        };
        await RefusedAsync(endpoint, "AccessDenied", "s3api", "list-objects-v2", "--bucket", bucket);

        var document = $$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:List*","Resource":"arn:aws:s3:::{{{bucket}}}"}]}""";
        var arn = (await IamAsync("create-policy", "--policy-name", policy, "--policy-document", document)).GetProperty("Policy").GetProperty("Arn").GetString()!;
        await IamAsync("attach-user-policy", "--user-name", _user, "--policy-arn", arn);
        await SucceedAsync(endpoint, "s3api", "list-objects-v2", "--bucket", bucket);
        var attached = (await IamAsync("list-attached-user-policies", "--user-name", _user)).GetProperty("AttachedPolicies");
        Assert.Equal(policy, attached[0].GetProperty("PolicyName").GetString());
        var version = await IamAsync("get-policy-version", "--policy-arn", arn, "--version-id", "v1");
        Assert.Equal("2012-10-17", version.GetProperty("PolicyVersion").GetProperty("Document").GetProperty("Version").GetString());
        await IamAsync("detach-user-policy", "--user-name", _user, "--policy-arn", arn);
        await RefusedAsync(endpoint, "AccessDenied", "s3api", "list-objects-v2", "--bucket", bucket);

        await IamAsync("create-group", "--group-name", group);
        await IamAsync("attach-group-policy", "--group-name", group, "--policy-arn", "arn:aws:iam::aws:policy/AmazonS3FullAccess");
        await IamAsync("add-user-to-group", "--group-name", group, "--user-name", _user);
        await File.WriteAllTextAsync(_folder["file"], "text", Token);
        await SucceedAsync(endpoint, "s3", "cp", _folder["file"], $"s3://{bucket}/k");
        Assert.Equal(_user, (await IamAsync("get-group", "--group-name", group)).GetProperty("Users")[0].GetProperty("UserName").GetString());
        var used = (await IamAsync("get-access-key-last-used", "--access-key-id", endpoint.AccessKey)).GetProperty("AccessKeyLastUsed");
        Assert.Equal("s3", used.GetProperty("ServiceName").GetString());

        await IamAsync("update-access-key", "--user-name", _user, "--access-key-id", endpoint.AccessKey, "--status", "Inactive");
        await RefusedAsync(endpoint, "InvalidAccessKeyId", "s3api", "list-objects-v2", "--bucket", bucket);
        await IamAsync("delete-access-key", "--user-name", _user, "--access-key-id", endpoint.AccessKey);
        await IamAsync("remove-user-from-group", "--group-name", group, "--user-name", _user);
        await IamAsync("delete-user", "--user-name", _user);
        await IamAsync("detach-group-policy", "--group-name", group, "--policy-arn", "arn:aws:iam::aws:policy/AmazonS3FullAccess");
        await IamAsync("delete-group", "--group-name", group);
        await IamAsync("delete-policy", "--policy-arn", arn);
        await RefusedAsync(null, "NoSuchEntity", "iam", "get-user", "--user-name", _user);
    }

    [Fact]
    public async Task Listings_are_walked_and_simulations_asked()
    {
        foreach (var number in Enumerable.Range(0, 5))
        {
            await IamAsync("create-user", "--user-name", $"{_user}-{number}", "--path", $"/{_user}/");
        }

        var listed = await IamAsync("list-users", "--path-prefix", $"/{_user}/", "--page-size", "2");
        Assert.Equal(5, listed.GetProperty("Users").GetArrayLength());
        await IamAsync(
            "put-user-policy", "--user-name", $"{_user}-0", "--policy-name", "p", "--policy-document",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""");
        var inline = await IamAsync("get-user-policy", "--user-name", $"{_user}-0", "--policy-name", "p");
        Assert.Equal("s3:GetObject", inline.GetProperty("PolicyDocument").GetProperty("Statement")[0].GetProperty("Action").GetString());
        var arn = (await IamAsync("get-user", "--user-name", $"{_user}-0")).GetProperty("User").GetProperty("Arn").GetString()!;
        var simulated = await IamAsync("simulate-principal-policy", "--policy-source-arn", arn, "--action-names", "s3:GetObject", "s3:PutObject");
        Assert.Equal(
            ["allowed", "implicitDeny"],
            simulated.GetProperty("EvaluationResults").EnumerateArray().Select(result => result.GetProperty("EvalDecision").GetString()));
        Assert.Equal(2, (await IamAsync("get-account-summary")).GetProperty("SummaryMap").GetProperty("AccessKeysPerUserQuota").GetInt32());
        Assert.EndsWith(":root", (await IamAsync("get-user")).GetProperty("User").GetProperty("Arn").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> IamAsync(string action, params string[] arguments)
    {
        var result = await SucceedAsync(null, ["iam", action, .. arguments]);
        return result.Output.Length == 0 ? default : JsonDocument.Parse(result.Output).RootElement;
    }

    private Task<CommandResult> SucceedAsync(S3Endpoint? endpoint, params string[] arguments) => Aws(endpoint, arguments).SucceedAsync(Token);

    private async Task RefusedAsync(S3Endpoint? endpoint, string code, params string[] arguments)
    {
        var result = await Aws(endpoint, arguments).RunAsync(Token);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(code, result.Errors, StringComparison.Ordinal);
    }

    private Command Aws(S3Endpoint? endpoint, string[] arguments) =>
        new(Prerequisite.Program("/usr/bin/aws", "awscli"), ["--endpoint-url", server.Endpoint.Url, "--output", "json", .. arguments])
        {
            Environment = new Dictionary<string, string>((endpoint ?? server.Endpoint).AwsEnvironment)
            {
                ["AWS_MAX_ATTEMPTS"] = "1",
                ["LC_ALL"] = "C.UTF-8",
            },
        };
}
