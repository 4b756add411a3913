using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>schema install</c>, <c>schema status</c> and <c>schema upgrade</c>: exit codes are those of <see cref="SchemaCondition"/>.</summary>
internal static class SchemaVerb
{
    /// <summary>For a statement that changes the schema, all nodes included.</summary>
    private static readonly TimeSpan StatementTime = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments.Count == 0 || arguments[0] is not ("install" or "status" or "upgrade"))
        {
            throw new ConfigurationException("\"schema\" needs to be told what to do: install, status or upgrade. \"schema --help\" says more.");
        }

        var isInstall = arguments[0] == "install";
        var values = SettingValues.Load([.. arguments.Skip(1)], Environment.GetEnvironmentVariables());
        var store = (CassandraOptionsBinder.Bind(values)
            ?? throw new ConfigurationException($"\"schema\" needs --{Settings.Cassandra} HOST[:PORT].")) with
        { StatementTime = StatementTime };
        if (isInstall && store.Replication is null)
        {
            throw new ConfigurationException($"\"schema install\" needs --{Settings.Replication} DATACENTER=REPLICAS[,…], such as dc1=3.");
        }

        var answer = arguments[0] == "status"
            ? await SchemaStatus.ReadAsync(store, CancellationToken.None)
            : await InstallAsync(store, isInstall ? store.Replication : null, output);
        foreach (var line in answer.Lines)
        {
            await output.WriteLineAsync(line);
        }

        return (int)answer.Condition;
    }

    private static Task<SchemaAnswer> InstallAsync(CassandraStoreOptions store, Replication? replication, TextWriter output) =>
        new SchemaInstaller(new InstallOptions
        {
            Store = store,
            Replication = replication,
            AllowSingleReplica = store.AllowSingleReplica,
            Progress = output.WriteLine,
        }).RunAsync(CancellationToken.None);
}
