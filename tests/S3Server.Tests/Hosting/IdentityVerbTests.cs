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
    public async Task A_group_gets_members_and_policies_and_loses_them()
    {
        await DoAsync("user", "create", "ann");
        Assert.Contains(":group/team/staff", Value(await DoAsync("group", "create", "staff", "--path", "/team/"), "Arn"), StringComparison.Ordinal);
        await DoAsync("group", "add", "staff", "ann");
        Assert.Contains("ann", await DoAsync("group", "show", "staff"), StringComparison.Ordinal);
        await DoAsync("group", "attach", "staff", "AmazonS3ReadOnlyAccess");
        Assert.Contains("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", await DoAsync("group", "attached", "staff"), StringComparison.Ordinal);
        await DoAsync("group", "detach", "staff", "AmazonS3ReadOnlyAccess");
        await DoAsync("group", "remove", "staff", "ann");
        Assert.DoesNotContain("ann", await DoAsync("group", "show", "staff"), StringComparison.Ordinal);
        Assert.Contains("staff", await DoAsync("group", "list"), StringComparison.Ordinal);
        await DoAsync("group", "delete", "staff");
        Assert.Equal("", await DoAsync("group", "list"));
    }

    [Fact]
    public async Task Lists_are_shown_whole()
    {
        var options = new Storage.Embedded.EmbeddedStoreOptions { Directory = _folder["data"] };
        await DoAsync("user", "create", "ann");
        await using (var store = Storage.Embedded.EmbeddedStore.Open(options))
        {
            var identities = new Storage.Identities.IdentityStore(store.Catalog, new Storage.Identities.AccountStore(store.Catalog));
            var account = (await new Storage.Identities.AccountStore(store.Catalog).ListAsync(null, 1, TestContext.Current.CancellationToken))[0].AccountId;
            await Task.WhenAll(Enumerable.Range(0, 1200).Select(number => identities.Users.CreateAsync(
                new() { AccountId = account, Name = $"user-{number}", Path = "/", Id = $"AIDA{number}", Created = DateTimeOffset.UnixEpoch },
                TestContext.Current.CancellationToken).AsTask()));
        }

        var lines = (await DoAsync("user", "list")).Trim().Split('\n');
        Assert.Equal(1201, lines.Length);
        Assert.All(lines, line => Assert.Contains(":user/", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_are_told_to_the_audit_log_and_secrets_are_not()
    {
        var log = _folder["audit.log"];
        await DoAsync("user", "create", "ann", "--audit-log", log);
        var key = await DoAsync("key", "create", "--user", "ann", "--audit-log", log);
        await DoAsync("user", "list", "--audit-log", log);
        await DoAsync("group", "create", "staff", "--audit-log", log);
        await DoAsync("group", "add", "staff", "ann", "--audit-log", log);
        var account = await DoAsync("account", "create", "second team", "--audit-log", log);
        await DoAsync("account", "list", "--audit-log", log);
        var lines = await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["CreateUser", "CreateAccessKey", "CreateGroup", "AddUserToGroup", "CreateAccount"],
            lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).Select(line => line.GetProperty("operation").GetString()));
        Assert.All(lines, line => Assert.Contains("\"event\":\"change\"", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains(":root\"", line, StringComparison.Ordinal));
        Assert.Contains(":user/ann\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"GroupName\":\"staff\"", lines[3], StringComparison.Ordinal);
        Assert.Contains("\"AccountName\":\"second team\"", lines[4], StringComparison.Ordinal);
        var all = string.Concat(lines);
        Assert.DoesNotContain(Value(key, "SecretAccessKey"), all, StringComparison.Ordinal);
        Assert.DoesNotContain(Value(account, "secret access key"), all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_key_that_is_replaced_is_told_to_the_audit_log()
    {
        Directory.CreateDirectory(_folder["data"]);
        var first = S3Server.Hosting.RootKey.Load(new ServerOptions { Listen = [], DataFolder = _folder["data"] });
        var log = _folder["audit.log"];
        using var output = new StringWriter();
        Assert.Equal(0, await KeyVerb.RunAsync(["rotate", "--data", _folder["data"], "--audit-log", log], output));
        Assert.DoesNotContain(first.Secret, output.ToString(), StringComparison.Ordinal);
        var line = Assert.Single(await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken));
        Assert.Contains("\"operation\":\"RotateRootKey\"", line, StringComparison.Ordinal);
        Assert.Contains(Value(output.ToString(), "access key id"), line, StringComparison.Ordinal);
        Assert.DoesNotContain(Value(output.ToString(), "secret access key"), line, StringComparison.Ordinal);
        await KeyVerb.RunAsync(["show", "--data", _folder["data"], "--audit-log", log], TextWriter.Null);
        Assert.Single(await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken));
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
