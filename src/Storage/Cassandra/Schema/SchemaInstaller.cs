using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>
/// Makes the keyspace and its tables, or what is new in them. May run again, after it was cut off, and at the same time as others: the table
/// <c>setting</c> is made with an id that follows from its name, so that all who make it make the same one, and whoever claims the schema
/// there makes the rest.
/// </summary>
public sealed class SchemaInstaller(InstallOptions options)
{
    private const string ClaimTable = "CREATE TABLE IF NOT EXISTS setting ";
    private static readonly TimeSpan StatementTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NodesPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeyspaceWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeyspacePause = TimeSpan.FromMilliseconds(50);

    private string Keyspace => options.Store.Keyspace;

    /// <exception cref="StoreUnavailableException">Cassandra cannot be reached, or could not do it.</exception>
    public async Task<SchemaAnswer> RunAsync(CancellationToken token)
    {
        try
        {
            return await InstallAsync(token);
        }
        catch (CqlException e)
        {
            throw CassandraFailure.Unavailable(e);
        }
    }

    private async ValueTask<SchemaAnswer> InstallAsync(CancellationToken token)
    {
        if (!KeyspaceName.IsValid(Keyspace))
        {
            return new(SchemaCondition.Refused, $"\"{Keyspace}\" is not a keyspace's name: letters, digits and underscores, all lower case, a letter first, at most 48.");
        }
        await using (var cluster = await ConnectAsync(token))
        {
            if (await MakeKeyspaceAsync(cluster, token) is { } refusal)
            {
                return refusal;
            }
            _ = await cluster.AwaitSchemaAgreementAsync(token);
        }
        await using var session = await UseKeyspaceAsync(token);
        return await MakeTablesAsync(session, token);
    }

    /// <summary>A cluster that is being started does not answer yet.</summary>
    private async ValueTask<CqlSession> ConnectAsync(CancellationToken token)
    {
        var began = options.Clock.GetTimestamp();
        var waiting = new WaitingProgress(options.Progress);
        while (true)
        {
            try
            {
                return await CqlSession.ConnectAsync(options.Store.ToSession(null), token);
            }
            catch (CqlException failure)
                when (failure is NoNodeAvailableException or CqlConnectionException or CqlTimeoutException && options.Clock.GetElapsedTime(began) < options.NodesWait)
            {
                waiting.Tell($"waiting for Cassandra: {failure.Message}");
            }
            await Task.Delay(NodesPause, options.Clock, token);
        }
    }

    /// <summary>A node writes a new keyspace into its tables before it takes it into use; an installer beside us may have made it in between.</summary>
    private async ValueTask<CqlSession> UseKeyspaceAsync(CancellationToken token)
    {
        var began = options.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await CqlSession.ConnectAsync(options.Store.ToSession(Keyspace), token);
            }
            catch (CqlServerException failure) when (failure.Code == CqlErrorCode.Invalid && options.Clock.GetElapsedTime(began) < KeyspaceWait)
            {
                await Task.Delay(KeyspacePause, options.Clock, token);
            }
        }
    }

    private async ValueTask<SchemaAnswer?> MakeKeyspaceAsync(CqlSession cluster, CancellationToken token)
    {
        var existing = await SystemSchema.ReplicationAsync(cluster, Keyspace, token);
        if (options.Replication is not { } wanted)
        {
            return existing is null ? new SchemaAnswer(SchemaCondition.Missing, $"There is no keyspace {Keyspace}: \"schema install\" makes it.") : null;
        }
        if (existing is not null)
        {
            return existing == wanted.ToString() || SystemSchema.AreSame(existing, wanted)
                ? null
                : new SchemaAnswer(
                    SchemaCondition.Refused,
                    $"The keyspace {Keyspace} exists with the replication {existing}. To have {wanted}: ALTER KEYSPACE {Keyspace} WITH replication = {wanted.ToCql()}, then \"nodetool repair\" on every node.");
        }
        if (await AwaitNodesAsync(cluster, wanted, token) is { } refusal)
        {
            return refusal;
        }
        options.Progress($"keyspace {Keyspace} with {wanted}");
        await ExecuteAsync(cluster, $"CREATE KEYSPACE IF NOT EXISTS {Keyspace} WITH replication = {wanted.ToCql()}", token);
        return null;
    }

    /// <summary>A cluster that is being started has its nodes one after the other.</summary>
    private async ValueTask<SchemaAnswer?> AwaitNodesAsync(CqlSession cluster, Replication wanted, CancellationToken token)
    {
        var began = options.Clock.GetTimestamp();
        var waiting = new WaitingProgress(options.Progress);
        while (true)
        {
            var nodes = cluster.Nodes.CountBy(node => node.Datacenter, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            var small = wanted.Factors.Where(factor => nodes.GetValueOrDefault(factor.Key) < factor.Value).ToList();
            if (small.Count == 0)
            {
                var single = wanted.Factors.FirstOrDefault(factor => factor.Value == 1 && nodes[factor.Key] > 1);
                return single.Key is null || options.AllowSingleReplica
                    ? null
                    : new SchemaAnswer(
                        SchemaCondition.Refused,
                        $"{single.Key} has {nodes[single.Key]} nodes, and {single.Key}=1 keeps everything once: what is on a node is lost with it, and not to be had while it is down. --allow-single-replica has it so.");
            }
            var (name, factor) = (small[0].Key, small[0].Value);
            var have = nodes.GetValueOrDefault(name);
            var known = string.Join(", ", nodes.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => $"{node.Key} ({node.Value})"));
            var line = have == 0 ? $"no node is in the data centre {name}; there are {known}" : $"{name} has {have} nodes, and {name}={factor} needs {factor}";
            if (options.Clock.GetElapsedTime(began) >= options.NodesWait)
            {
                return new(SchemaCondition.Refused, $"{char.ToUpperInvariant(line[0])}{line[1..]}.");
            }
            waiting.Tell($"waiting up to {options.NodesWait.TotalMinutes:0.#} minutes: {line}");
            await Task.Delay(NodesPause, options.Clock, token);
        }
    }

    private async ValueTask<SchemaAnswer> MakeTablesAsync(CqlSession session, CancellationToken token)
    {
        var facts = new StoreFacts(session);
        var statement = SchemaFiles.All.SelectMany(file => file.Statements).First(text => text.StartsWith(ClaimTable, StringComparison.Ordinal));
        await ExecuteAsync(session, $"{statement} AND id = {IdOf("setting")}", token);

        // Where another made it just now, nothing was changed by this, and nodes may not know it yet.
        _ = await session.AwaitSchemaAgreementAsync(token);
        var claim = new SchemaClaim(facts, options.Clock);
        await claim.TakeAsync(options.Progress, token);
        try
        {
            var before = await VersionAsync(facts, token);
            if (before is null && options.Replication is null)
            {
                return new(SchemaCondition.Missing, $"The keyspace {Keyspace} has no schema of ours: \"schema install\" makes it.");
            }
            var home = options.Replication?.Home;
            if (home is not null)
            {
                _ = await facts.ChangeAsync(StoreFacts.HomeDatacenter, null, home, null, token);
                _ = await facts.ChangeAsync(StoreFacts.SerialConsistency, null, "LOCAL_SERIAL", null, token);
            }
            foreach (var file in SchemaFiles.All.Where(file => file.Version > (before ?? 0)))
            {
                if (!await ApplyAsync(session, file, claim, token))
                {
                    return new(SchemaCondition.Refused, "Another installer took over, as this one was slow: see what it has done with \"schema status\".");
                }
            }
            return await RecordAsync(facts, before, token);
        }
        finally
        {
            await claim.ReleaseAsync(CancellationToken.None);
        }
    }

    private async ValueTask<bool> ApplyAsync(CqlSession session, SchemaFile file, SchemaClaim claim, CancellationToken token)
    {
        foreach (var statement in file.Statements.Where(text => !text.StartsWith(ClaimTable, StringComparison.Ordinal)))
        {
            if (!await claim.RenewAsync(token))
            {
                return false;
            }
            options.Progress($"{file.Name}: {statement[..statement.IndexOfAny(['\n', '('])].TrimEnd()}");
            await ExecuteAsync(session, statement, token);
        }
        return true;
    }

    private async ValueTask<SchemaAnswer> RecordAsync(StoreFacts facts, int? before, CancellationToken token)
    {
        var version = before;
        while ((version ?? 0) < SchemaFiles.Version)
        {
            var expected = version?.ToString(CultureInfo.InvariantCulture);
            _ = await facts.ChangeAsync(StoreFacts.SchemaVersion, expected, SchemaFiles.Version.ToString(CultureInfo.InvariantCulture), null, token);
            version = await VersionAsync(facts, token);
        }
        var line = version == before ? $"{Keyspace} is of version {version}; nothing was to be done." : $"{Keyspace} is of version {version} now.";
        return new(SchemaCondition.Current, line);
    }

    private static async ValueTask<int?> VersionAsync(StoreFacts facts, CancellationToken token) =>
        await facts.GetAsync(StoreFacts.SchemaVersion, token) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static async ValueTask ExecuteAsync(CqlSession session, string cql, CancellationToken token)
    {
        // Each may run twice, and takes long where the machine is busy.
        using var rows = await session.ExecuteAsync(new SimpleStatement(cql) { IsIdempotent = true, Timeout = StatementTime }, token);
    }

    private Guid IdOf(string table) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Keyspace}.{table}")).AsSpan(0, 16), bigEndian: true);
}
