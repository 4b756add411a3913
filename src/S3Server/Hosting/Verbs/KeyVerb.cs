using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting.Administration;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Telemetry;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>key show</c> and <c>key rotate</c>: the root access key of a store. Users' keys are <see cref="IdentityVerb"/>'s.</summary>
internal static class KeyVerb
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments.Count == 0 || arguments[0] is not ("show" or "rotate"))
        {
            throw new ConfigurationException(
                $"\"key\" needs to be told what to do:\n  key show, key rotate [--data DIR | --cassandra HOST[:PORT]]\n{IdentityCommands.Help("key")}");
        }

        var options = ServerOptionsBinder.Bind(SettingValues.Load([.. arguments.Skip(1)], Environment.GetEnvironmentVariables()));
        var key = arguments[0] == "rotate" ? await RotateAndTellAsync(options) : await FindAsync(options);
        await output.WriteLineAsync($"access key id      {key.Id}");
        await output.WriteLineAsync($"secret access key  {key.Secret}");
        return 0;
    }

    private static async Task<RootKey> RotateAndTellAsync(ServerOptions options)
    {
        await using var audit = VerbRunner.OpenAuditLog(options);
        var key = await RotateAsync(options);
        audit.Write(new AuditEntry
        {
            Event = AuditEvent.Change,
            Time = TimeProvider.System.GetUtcNow(),
            RequestId = RequestId.Next(),
            Operation = "RotateRootKey",
            Parameters = [new("AccessKeyId", key.Id)],
            Status = StatusCodes.Status200OK,
        });
        return key;
    }

    private static async Task<RootKey> FindAsync(ServerOptions options) => RootKey.Given(options)
        ?? await ReadAsync(options)
        ?? throw new ConfigurationException(
            $"There is no key in {options.Cassandra?.ToString() ?? options.DataFolder}: \"serve\" makes one at its first start.");

    private static async Task<RootKey?> ReadAsync(ServerOptions options)
    {
        if (options.Cassandra is null)
        {
            return RootKey.Read(options.DataFolder);
        }

        await using var store = await OpenedStore.OpenAsync(options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        return await RootKey.ReadAsync(store.Seams.Catalog, CancellationToken.None);
    }

    /// <summary>Servers that run take the new key, and refuse the old one, within two seconds.</summary>
    private static async Task<RootKey> RotateAsync(ServerOptions options)
    {
        if (RootKey.Given(options) is not null)
        {
            throw new ConfigurationException("The root key comes from the settings: change them there, and start the server again.");
        }

        if (options.Cassandra is null)
        {
            return RootKey.Rotate(options.DataFolder);
        }

        await using var store = await OpenedStore.OpenAsync(options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        return await RootKey.RotateAsync(store.Seams.Catalog, CancellationToken.None);
    }
}
