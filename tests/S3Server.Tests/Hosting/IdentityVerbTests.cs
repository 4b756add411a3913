using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting.Verbs;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Hosting;

/// <summary>The verbs that administer a data folder without a server: user, key, policy, account.</summary>
public sealed class IdentityVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<string> DoAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        IReadOnlyList<string> rest = [.. arguments.Skip(1), "--data", _folder["data"]];
        var code = arguments[0] == "account" ? await AccountVerb.RunAsync(rest, output) : await IdentityVerb.RunAsync(arguments[0], rest, output);
        Assert.Equal(0, code);
        return output.ToString();
    }

    private static string Value(string output, string name) =>
        output.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();

    [Fact]
    public async Task A_user_gets_a_key_and_a_policy_and_loses_them()
    {
        Assert.Contains(":user/ann", Value(await DoAsync("user", "create", "ann"), "Arn"), StringComparison.Ordinal);
        var key = await DoAsync("key", "create", "--user", "ann");
        Assert.Equal(40, Value(key, "SecretAccessKey").Length);
        var id = Value(key, "AccessKeyId");
        Assert.Contains($"{id}  Active", await DoAsync("key", "list", "--user", "ann"), StringComparison.Ordinal);
        await DoAsync("key", "disable", id, "--user", "ann");
        Assert.Contains($"{id}  Inactive", await DoAsync("key", "list", "--user", "ann"), StringComparison.Ordinal);
        await DoAsync("key", "enable", id, "--user", "ann");
        var file = _folder["policy.json"];
        await File.WriteAllTextAsync(
            file, """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""", TestContext.Current.CancellationToken);
        await DoAsync("policy", "create", "all", file);
        await DoAsync("policy", "attach", "all", "--user", "ann");
        await DoAsync("policy", "attach", "AmazonS3FullAccess", "--user", "ann");
        Assert.Contains(":policy/all", await DoAsync("policy", "attached", "--user", "ann"), StringComparison.Ordinal);
        Assert.Contains("\"s3:*\"", await DoAsync("policy", "show", "all", "--version", "v1"), StringComparison.Ordinal);
        Assert.Contains("all", await DoAsync("policy", "list", "--scope", "Local"), StringComparison.Ordinal);
        await DoAsync("policy", "detach", "all", "--user", "ann");
        await DoAsync("policy", "detach", "AmazonS3FullAccess", "--user", "ann");
        await DoAsync("policy", "delete", "all");
        await DoAsync("key", "delete", id, "--user", "ann");
        Assert.Contains("ann", await DoAsync("user", "list"), StringComparison.Ordinal);
        await DoAsync("user", "delete", "ann");
        Assert.Equal("", await DoAsync("user", "list"));
    }

    [Fact]
    public async Task Accounts_are_made_and_each_has_its_own_users()
    {
        var made = await DoAsync("account", "create", "second team");
        var id = Value(made, "account id");
        var listed = await DoAsync("account", "list");
        Assert.Equal(2, listed.Trim().Split('\n').Length);
        Assert.Contains($"{id}  {Value(made, "canonical id")}", listed, StringComparison.Ordinal);
        await DoAsync("user", "create", "ann", "--account", id);
        Assert.Equal("", await DoAsync("user", "list"));
        Assert.Contains($"arn:aws:iam::{id}:user/ann", await DoAsync("user", "list", "--account", id), StringComparison.Ordinal);
        Assert.Contains(Value(made, "access key id"), await DoAsync("key", "list", "--account", id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user", "make", "user create")]
    [InlineData("user", "create", "UserName is missing")]
    [InlineData("user", "create ann bob", "\"bob\" is too much")]
    [InlineData("user", "create ann --colour red", "--colour")]
    [InlineData("user", "create ann --path", "needs a value")]
    [InlineData("policy", "attach all", "--user is missing")]
    [InlineData("policy", "create all /nonexistent/policy.json", "cannot be read")]
    public async Task What_is_wrong_is_told(string word, string arguments, string expected)
    {
        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => IdentityVerb.RunAsync(word, arguments.Split(' '), TextWriter.Null));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_store_refuses_is_told_by_the_exit_code() =>
        Assert.Equal(1, await IdentityVerb.RunAsync("user", ["delete", "nobody", "--data", _folder["data"]], TextWriter.Null));

    [Fact]
    public void Every_command_is_an_action_and_has_help()
    {
        Assert.All(IdentityCommands.All, command => Assert.Contains(command.Usage, IdentityCommands.Help(command.Verb.Split(' ')[0]), StringComparison.Ordinal));
        Assert.True(IdentityVerb.Knows("key", ["create"]));
        Assert.False(IdentityVerb.Knows("key", ["show"]));
        Assert.False(IdentityVerb.Knows("key", ["rotate"]));
    }
}
