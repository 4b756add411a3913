using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.S3Server.Configuration;

/// <summary>Makes <see cref="CassandraStoreOptions"/> of settings.</summary>
internal static class CassandraOptionsBinder
{
    private static readonly string[] Details =
    [
        Settings.Keyspace, Settings.CassandraUser, Settings.CassandraPassword, Settings.CassandraTls, Settings.CassandraCa,
        Settings.CassandraCertificate, Settings.CassandraKey, Settings.CassandraDatacenter,
        Settings.InstallSchema, Settings.Replication, Settings.AllowSingleReplica, Settings.RequireSyncedCommitLog, Settings.ShardBytes,
    ];

    private static readonly string[] TlsDetails = [Settings.CassandraCa, Settings.CassandraCertificate, Settings.CassandraKey];

    /// <summary>Null when no contact point is given.</summary>
    /// <exception cref="ConfigurationException">Settings contradict each other.</exception>
    public static CassandraStoreOptions? Bind(SettingValues values)
    {
        if (!values.Has(Settings.Cassandra))
        {
            return Array.Find(Details, values.Has) is { } detail
                ? throw new ConfigurationException($"{values.Origin(detail)} is given without --{Settings.Cassandra}.")
                : null;
        }

        if (values.Has(Settings.Data))
        {
            throw new ConfigurationException(
                $"{values.Origin(Settings.Data)} and {values.Origin(Settings.Cassandra)} contradict each other: objects are in one store.");
        }

        RequireBoth(values, Settings.CassandraUser, Settings.CassandraPassword);
        RequireBoth(values, Settings.CassandraCertificate, Settings.CassandraKey);
        var detailOfTls = Array.Find(TlsDetails, values.Has);
        if (detailOfTls is not null && values.Switch(Settings.CassandraTls) == false)
        {
            throw new ConfigurationException($"{values.Origin(detailOfTls)} is given with {values.Origin(Settings.CassandraTls)} off.");
        }

        var keyspace = values.Text(Settings.Keyspace) ?? "s3";
        return new CassandraStoreOptions
        {
            ContactPoints = values.Many(Settings.Cassandra),
            Keyspace = KeyspaceName.IsValid(keyspace)
                ? keyspace
                : throw new ConfigurationException($"{values.Origin(Settings.Keyspace)}: \"{keyspace}\" is not a keyspace's name: a-z, 0-9 and _, a letter first."),
            Username = values.Text(Settings.CassandraUser),
            Password = values.Text(Settings.CassandraPassword),
            Tls = values.Switch(Settings.CassandraTls) ?? detailOfTls is not null,
            TlsAuthorities = values.Text(Settings.CassandraCa),
            TlsCertificate = values.Text(Settings.CassandraCertificate),
            TlsKey = values.Text(Settings.CassandraKey),
            LocalDatacenter = values.Text(Settings.CassandraDatacenter),
            InstallSchema = values.Switch(Settings.InstallSchema) ?? false,
            Replication = BindReplication(values),
            AllowSingleReplica = values.Switch(Settings.AllowSingleReplica) ?? false,
            RequireSyncedCommitLog = values.Switch(Settings.RequireSyncedCommitLog) ?? false,
        };
    }

    private static Replication? BindReplication(SettingValues values) => values.Text(Settings.Replication) is not { } text
        ? null
        : Replication.Parse(text) ?? throw new ConfigurationException(
            $"{values.Origin(Settings.Replication)}: \"{text}\" is not DATACENTER=REPLICAS[,…], such as dc1=3.");

    private static void RequireBoth(SettingValues values, string one, string other)
    {
        if (values.Has(one) != values.Has(other))
        {
            var (given, missing) = values.Has(one) ? (one, other) : (other, one);
            throw new ConfigurationException($"{values.Origin(given)} is given without {Settings.Named(missing)!.EnvironmentName}.");
        }
    }
}
