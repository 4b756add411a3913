using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>key show</c>: prints the root access key of a store.</summary>
internal static class KeyVerb
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments.Count == 0 || arguments[0] != "show")
        {
            throw new ConfigurationException("\"key\" needs to be told what to do: key show [--data DIR | --cassandra HOST[:PORT]].");
        }

        var options = ServerOptionsBinder.Bind(SettingValues.Load([.. arguments.Skip(1)], Environment.GetEnvironmentVariables()));
        var key = RootKey.Given(options)
            ?? await ReadAsync(options)
            ?? throw new ConfigurationException(
                $"There is no key in {options.Cassandra?.ToString() ?? options.DataFolder}: \"serve\" makes one at its first start.");
        await output.WriteLineAsync($"access key id      {key.Id}");
        await output.WriteLineAsync($"secret access key  {key.Secret}");
        return 0;
    }

    private static async Task<RootKey?> ReadAsync(ServerOptions options)
    {
        if (options.Cassandra is null)
        {
            return RootKey.Read(options.DataFolder);
        }

        await using var store = await OpenedStore.OpenAsync(options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        return await RootKey.ReadAsync(store.Seams.Catalog, CancellationToken.None);
    }
}
