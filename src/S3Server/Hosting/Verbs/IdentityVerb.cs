using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting.Administration;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>
/// <c>user</c>, <c>key</c>, <c>group</c> and <c>policy</c>: actions of the IAM API, done as the root of an account on the store itself, or by the server
/// that has its data folder open.
/// </summary>
internal static class IdentityVerb
{
    private static readonly string[] Words = ["user", "key", "group", "policy"];

    /// <summary>Whether it is one of these verbs'; <paramref name="rest"/> begins with what is to be done.</summary>
    public static bool Knows(string word, IReadOnlyList<string> rest) =>
        Words.Contains(word) && (word != "key" || (rest.Count > 0 && IdentityCommands.Find($"key {rest[0]}") is not null));

    public static async Task<int> RunAsync(string word, IReadOnlyList<string> arguments, TextWriter output)
    {
        var command = IdentityCommands.Find($"{word} {(arguments.Count > 0 ? arguments[0] : "")}")
            ?? throw new ConfigurationException($"\"{word}\" needs to be told what to do:\n{IdentityCommands.Help(word)}");
        var given = IdentityArguments.Parse(command, [.. arguments.Skip(1)]);
        var options = ServerOptionsBinder.Bind(SettingValues.Load(given.Settings, Environment.GetEnvironmentVariables()));
        return await VerbRunner.RunAsync(options, new AdministrationRequest(command.Verb, given.Parameters, given.AccountId), output);
    }
}
