using Microsoft.Extensions.Logging;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.Storage.Cassandra;

/// <summary>What comes before a store is opened: Cassandra answers, and the schema is there.</summary>
internal sealed class StoreStart(CassandraStoreOptions options, TimeProvider clock, ILogger logger, Action<string> progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InstallTime = TimeSpan.FromSeconds(30);

    /// <exception cref="StoreUnavailableException">The schema is not what it should be; the message says what to do.</exception>
    /// <exception cref="CqlException">Cassandra answers, and refuses.</exception>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        await AwaitClusterAsync(cancellationToken);
        var answer = await SchemaStatus.ReadAsync(options, cancellationToken);
        if (options.InstallSchema && answer.Condition is SchemaCondition.Missing or SchemaCondition.Older)
        {
            answer = await InstallAsync(cancellationToken);
        }

        if (answer.Condition is not (SchemaCondition.Current or SchemaCondition.Newer))
        {
            throw new StoreUnavailableException(string.Join(Environment.NewLine, [.. answer.Lines, .. Command(answer.Condition)]));
        }
    }

    private Task<SchemaAnswer> InstallAsync(CancellationToken cancellationToken) => new SchemaInstaller(new InstallOptions
    {
        Store = options with { StatementTime = InstallTime },
        Replication = options.Replication,
        AllowSingleReplica = options.AllowSingleReplica,
        Progress = progress,
        Clock = clock,
    }).RunAsync(cancellationToken);

    private async ValueTask AwaitClusterAsync(CancellationToken cancellationToken)
    {
        var waiting = new WaitingProgress(progress);
        while (true)
        {
            try
            {
                await using var session = await CqlSession.ConnectAsync(options.ToSession(null), cancellationToken);
                await LookAtNodesAsync(session, cancellationToken);
                return;
            }
            catch (CqlException failure) when (failure is NoNodeAvailableException or CqlConnectionException or CqlTimeoutException)
            {
                waiting.Tell($"waiting for Cassandra: {failure.Message}");
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async ValueTask LookAtNodesAsync(CqlSession session, CancellationToken cancellationToken)
    {
        var found = await NodeSettings.CheckAsync(session, options, cancellationToken);
        foreach (var (finding, nodes) in found)
        {
            Log.NodeFinding(logger, string.Join(", ", nodes), finding.Text);
        }

        if (found.FirstOrDefault(one => one.Finding.IsFatal) is { Nodes: { } refused } fatal)
        {
            throw new StoreUnavailableException($"Cassandra {string.Join(", ", refused)}: {fatal.Finding.Text}");
        }
    }

    private IEnumerable<string> Command(SchemaCondition condition)
    {
        var points = string.Join(' ', options.ContactPoints.Select(point => $"--cassandra {point}"));
        return condition switch
        {
            SchemaCondition.Missing => [$"  S3Server schema install {points} --keyspace {options.Keyspace} --replication {options.Replication?.ToString() ?? "DATACENTER=REPLICAS"}"],
            SchemaCondition.Older => [$"  S3Server schema upgrade {points} --keyspace {options.Keyspace}"],
            _ => [],
        };
    }
}
