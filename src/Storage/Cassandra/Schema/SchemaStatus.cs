using System.Globalization;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>Says how the schema of a keyspace stands to this program: its version, what differs, what to do.</summary>
public static class SchemaStatus
{
    /// <exception cref="StoreUnavailableException">Cassandra cannot be reached.</exception>
    public static async Task<SchemaAnswer> ReadAsync(CassandraStoreOptions options, CancellationToken token)
    {
        try
        {
            await using var cluster = await CqlSession.ConnectAsync(options.ToSession(null), token);
            return await ReadAsync(cluster, options, token);
        }
        catch (CqlException e)
        {
            throw CassandraFailure.Unavailable(e);
        }
    }

    private static async ValueTask<SchemaAnswer> ReadAsync(CqlSession cluster, CassandraStoreOptions options, CancellationToken token)
    {
        var name = options.Keyspace;
        if (await SystemSchema.ReplicationAsync(cluster, name, token) is not { } replication)
        {
            return new(SchemaCondition.Missing, $"There is no keyspace {name}: \"schema install --keyspace {name} --replication DC=N\" makes it.");
        }
        var columns = await SystemSchema.ColumnsAsync(cluster, name, token);
        if (!columns.Any(column => column.Table == "setting"))
        {
            return new(SchemaCondition.Missing, $"The keyspace {name} has no schema of ours: \"schema install --keyspace {name} --replication {replication}\" makes it.");
        }
        await using var session = await CqlSession.ConnectAsync(options.ToSession(name), token);
        var facts = new StoreFacts(session);
        if (await facts.GetAsync(StoreFacts.SchemaVersion, token) is not { } text)
        {
            return new(SchemaCondition.Missing, $"The schema of {name} was begun and not finished: \"schema install --keyspace {name} --replication {replication}\" does.");
        }
        var version = int.Parse(text, CultureInfo.InvariantCulture);
        var home = await facts.GetAsync(StoreFacts.HomeDatacenter, token);
        return Judge(version, columns, $"{name} ({replication}; home {home}) is of version {version}; this program is made for {SchemaFiles.Version}.");
    }

    /// <summary>Columns of our own that are missing or of another type count; what else is there is somebody else's.</summary>
    private static SchemaAnswer Judge(int version, IReadOnlyList<SchemaColumn> actual, string first)
    {
        var expected = SchemaFiles.All.Where(file => file.Version <= version).SelectMany(file => file.Statements).SelectMany(SchemaColumn.Of);
        var differences = expected.Except(actual).Select(column =>
        {
            var there = actual.FirstOrDefault(other => (other.Table, other.Name) == (column.Table, column.Name));
            return $"{column.Table}.{column.Name}: {column.Definition} is wanted, {there?.Definition ?? "nothing"} is there";
        }).ToList();
        var condition = differences.Count > 0
            ? SchemaCondition.Different
            : (version - SchemaFiles.Version) switch
            {
                < 0 => SchemaCondition.Older,
                0 => SchemaCondition.Current,
                1 => SchemaCondition.Newer,
                _ => SchemaCondition.TooNew,
            };
        return new(condition, [first, .. differences, Advice(condition)]);
    }

    private static string Advice(SchemaCondition condition) => condition switch
    {
        SchemaCondition.Current => "Nothing is to be done.",
        SchemaCondition.Newer => "Nothing is to be done: a program one version behind works with it.",
        SchemaCondition.Older => "\"schema upgrade\" brings it up to date; servers of the version before run on.",
        SchemaCondition.TooNew => "This program is too old for it.",
        _ => "Somebody changed it by hand: bring back what the files of schema/ say before a server is started.",
    };
}
