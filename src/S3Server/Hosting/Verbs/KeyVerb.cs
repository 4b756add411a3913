using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>key show</c>: prints the root access key of a data folder.</summary>
internal static class KeyVerb
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments.Count == 0 || arguments[0] != "show")
        {
            throw new ConfigurationException("\"key\" needs to be told what to do: key show [--data DIR].");
        }

        var options = ServerOptionsBinder.Bind(SettingValues.Load([.. arguments.Skip(1)], Environment.GetEnvironmentVariables()));
        var key = options.RootAccessKey is { } id
            ? new RootKey(id, options.RootSecretKey!, IsNew: false)
            : RootKey.Read(options.DataFolder)
                ?? throw new ConfigurationException($"There is no key in {options.DataFolder}: \"serve\" makes one at its first start.");
        await output.WriteLineAsync($"access key id      {key.Id}");
        await output.WriteLineAsync($"secret access key  {key.Secret}");
        return 0;
    }
}
