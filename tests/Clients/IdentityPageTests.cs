using System.Text;
using System.Text.RegularExpressions;
using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>
/// docs/identity.md, pasted: each of its recipes is run by bash, with the AWS CLI and curl, and every command does what the page says. A line
/// with a comment behind it has to fail and to say what the comment says.
/// </summary>
public sealed partial class IdentityPageTests(ServerFixture server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Recipes => [.. Sections().Keys.Where(name => name != "Before")];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Recipes))]
    public async Task Recipe(string recipe)
    {
        Prerequisite.Program("/usr/bin/aws", "awscli");
        Prerequisite.Program("/usr/bin/curl", "curl");
        Prerequisite.Program("/usr/bin/openssl", "openssl");
        var sections = Sections();
        var commands = sections["Before"] + sections[recipe];
        if (commands.Contains("s3cassandra ", StringComparison.Ordinal))
        {
            await RunWithVerbsAsync(commands);
        }
        else if (commands.Contains("$ISSUER", StringComparison.Ordinal))
        {
            await RunWithProviderAsync(commands);
        }
        else
        {
            await RunAsync(server.Endpoint, commands);
        }
    }

    /// <summary>With the program at hand, beside a server that has the data folder open.</summary>
    private async Task RunWithVerbsAsync(string commands)
    {
        await using var started = await ServerProcess.StartAsync(new(_folder["data"]), TestContext.Current.CancellationToken);
        var program = string.Join(' ', ServerProcess.Program.Select(word => $"'{word}'"));
        await RunAsync(started.Endpoint, $"s3cassandra() {{ {program} \"$@\"; }}\nDATA='{_folder["data"]}'\n{commands}");
    }

    /// <summary>With a provider of the test's own, in a private network, and a token of it.</summary>
    private async Task RunWithProviderAsync(string commands)
    {
        await using var provider = new TestIdentityProvider();
        await File.WriteAllTextAsync(_folder["authority.pem"], provider.Authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        var settings = new ServerSettings(_folder["data"])
        {
            Arguments = ["--oidc-private-host", $"127.0.0.1:{provider.Port}", "--oidc-ca", _folder["authority.pem"]],
        };
        await using var started = await ServerProcess.StartAsync(settings, TestContext.Current.CancellationToken);
        var issuer = provider.NewIssuer();
        var token = provider.Maker.Sign("RS256", JwtMaker.Claims(issuer, "s3-releases", "repo:me/it:ref:refs/heads/main", DateTimeOffset.UtcNow));
        await RunAsync(started.Endpoint, $"ISSUER='{issuer}'\nTOKEN='{token}'\n{commands}");
    }

    private async Task RunAsync(S3Endpoint endpoint, string commands)
    {
        var bash = Prerequisite.Program("/bin/bash", "bash");
        var script = Path.Combine(_folder.Path, "recipe.sh");
        await File.WriteAllTextAsync(script, $"set -euo pipefail\n{commands}", TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string>(endpoint.AwsEnvironment)
        {
            ["AWS_ENDPOINT_URL"] = endpoint.Url,
            ["AWS_CONFIG_FILE"] = _folder["config"],
            ["AWS_SHARED_CREDENTIALS_FILE"] = _folder["credentials"],
            ["AWS_PAGER"] = "",
            ["PATH"] = "/usr/bin:/bin",
        };
        environment.Remove("AWS_REGION");
        await (new Command(bash, script) { Environment = environment, Folder = _folder.Path }).SucceedAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The page's commands by heading, the refused ones turned into checks that they are.</summary>
    private static Dictionary<string, string> Sections()
    {
        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "identity.md"));
        foreach (var section in page.Split("\n## ")[1..])
        {
            sections[section[..section.IndexOf('\n', StringComparison.Ordinal)].Trim()] = Commands(section);
        }

        return sections;
    }

    private static string Commands(string section)
    {
        var commands = new StringBuilder();
        foreach (var block in section.Split("```bash\n")[1..])
        {
            commands.Append(RefusedCommand().Replace(block[..block.IndexOf("```", StringComparison.Ordinal)], Check));
        }

        return commands.ToString();
    }

    private static string Check(Match refused)
    {
        var (command, error) = (refused.Groups["command"].Value, refused.Groups["error"].Value);
        return $"if answer=$({command} 2>&1); then echo 'not refused: {command}' >&2; exit 1; fi; grep -F '{error}' <<<\"$answer\"";
    }

    [GeneratedRegex("^(?<command>aws .*[^ ]) +# (?<error>[A-Za-z0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex RefusedCommand();
}
