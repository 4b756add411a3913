using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary><c>schema install</c>, <c>schema status</c> and <c>schema upgrade</c>: exit codes are those of <see cref="SchemaCondition"/>.</summary>
internal static class SchemaVerb
{
    private const string SingleReplica = "--allow-single-replica";
    private const string ReplicationFlag = "--replication";

    /// <summary>For a statement that changes the schema, all nodes included.</summary>
    private static readonly TimeSpan StatementTime = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments.Count == 0 || arguments[0] is not ("install" or "status" or "upgrade"))
        {
            throw new ConfigurationException("\"schema\" needs to be told what to do: install, status or upgrade. \"schema --help\" says more.");
        }

        var isInstall = arguments[0] == "install";
        List<string> flags = [.. arguments.Skip(1)];
        var allowSingle = isInstall && flags.Remove(SingleReplica);
        var replication = isInstall ? TakeReplication(flags) : null;
        var values = SettingValues.Load(flags, Environment.GetEnvironmentVariables());
        var store = (CassandraOptionsBinder.Bind(values)
            ?? throw new ConfigurationException($"\"schema\" needs --{Settings.Cassandra} HOST[:PORT].")) with
        { StatementTime = StatementTime };
        var answer = arguments[0] == "status"
            ? await SchemaStatus.ReadAsync(store, CancellationToken.None)
            : await InstallAsync(store, replication, allowSingle, output);
        foreach (var line in answer.Lines)
        {
            await output.WriteLineAsync(line);
        }

        return (int)answer.Condition;
    }

    private static Task<SchemaAnswer> InstallAsync(CassandraStoreOptions store, Replication? replication, bool allowSingle, TextWriter output) =>
        new SchemaInstaller(new InstallOptions
        {
            Store = store,
            Replication = replication,
            AllowSingleReplica = allowSingle,
            Progress = output.WriteLine,
        }).RunAsync(CancellationToken.None);

    private static Replication TakeReplication(List<string> flags)
    {
        var at = flags.FindIndex(flag => flag == ReplicationFlag || flag.StartsWith(ReplicationFlag + "=", StringComparison.Ordinal));
        var isJoined = at >= 0 && flags[at].Length > ReplicationFlag.Length;
        if (at < 0 || (!isJoined && at + 1 == flags.Count))
        {
            throw new ConfigurationException($"\"schema install\" needs {ReplicationFlag} DATACENTER=REPLICAS[,…], such as dc1=3.");
        }

        var text = isJoined ? flags[at][(ReplicationFlag.Length + 1)..] : flags[at + 1];
        flags.RemoveRange(at, isJoined ? 1 : 2);
        return Replication.Parse(text) ?? throw new ConfigurationException($"{ReplicationFlag}: \"{text}\" is not DATACENTER=REPLICAS[,…], such as dc1=3.");
    }
}
