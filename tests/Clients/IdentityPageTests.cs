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
        var bash = Prerequisite.Program("/bin/bash", "bash");
        var sections = Sections();
        var script = Path.Combine(_folder.Path, "recipe.sh");
        await File.WriteAllTextAsync(
            script, $"set -euo pipefail\n{sections["Before"]}\n{sections[recipe]}", TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string>(server.Endpoint.AwsEnvironment)
        {
            ["AWS_ENDPOINT_URL"] = server.Endpoint.Url,
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
            var commands = new StringBuilder();
            foreach (var block in section.Split("```bash\n")[1..])
            {
                commands.Append(RefusedCommand().Replace(block[..block.IndexOf("```", StringComparison.Ordinal)], Check));
            }

            sections[section[..section.IndexOf('\n', StringComparison.Ordinal)].Trim()] = commands.ToString();
        }

        return sections;
    }

    private static string Check(Match refused)
    {
        var (command, error) = (refused.Groups["command"].Value, refused.Groups["error"].Value);
        return $"if answer=$({command} 2>&1); then echo 'not refused: {command}' >&2; exit 1; fi; grep -F '{error}' <<<\"$answer\"";
    }

    [GeneratedRegex("^(?<command>aws .*[^ ]) +# (?<error>[A-Za-z0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex RefusedCommand();
}
