using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting.Administration;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>account create</c> and <c>account list</c>: several accounts in one store, each with its root, its canonical id and its own users.</summary>
internal static class AccountVerb
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        var isCreate = arguments.Count > 1 && arguments[0] == "create" && !arguments[1].StartsWith("--", StringComparison.Ordinal);
        if (!isCreate && (arguments.Count == 0 || arguments[0] != "list"))
        {
            throw new ConfigurationException("\"account\" needs to be told what to do: account create NAME, or account list.");
        }

        var options = ServerOptionsBinder.Bind(
            SettingValues.Load([.. arguments.Skip(isCreate ? 2 : 1)], Environment.GetEnvironmentVariables()));
        var request = isCreate
            ? new AdministrationRequest(AccountCommands.Create, new() { [AccountCommands.NameParameter] = arguments[1] }, null)
            : new AdministrationRequest(AccountCommands.List, [], null);
        return await VerbRunner.RunAsync(options, request, output);
    }
}
