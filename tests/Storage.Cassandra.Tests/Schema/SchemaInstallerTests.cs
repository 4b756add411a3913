using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Storage.Cassandra.Tests.Schema;

public sealed class SchemaInstallerTests(SharedCassandra cassandra) : IAsyncLifetime
{
    private readonly string _keyspace = $"test_{Guid.NewGuid():N}"[..16];
    private CqlSession? _session;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CqlSession Session => _session!;

    public async ValueTask InitializeAsync() =>
        _session = await CqlSession.ConnectAsync(await CassandraKeyspace.ClusterAsync(cassandra), Token);

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"DROP KEYSPACE IF EXISTS {_keyspace}");
        await Session.DisposeAsync();
    }

    [Fact]
    public async Task Three_at_once_make_one_schema_and_a_fourth_has_nothing_to_do()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => InstallAsync("dc1=1", lines.Enqueue)));

        Assert.All(answers, answer => Assert.Equal(SchemaCondition.Current, answer.Condition));
        var made = lines.Where(line => line.Contains("CREATE TABLE", StringComparison.Ordinal)).ToList();
        Assert.Equal(made.Distinct(), made);
        Assert.Equal("1", await ValueAsync(StoreFacts.SchemaVersion));
        Assert.Equal(("dc1", "LOCAL_SERIAL"), (await ValueAsync(StoreFacts.HomeDatacenter), await ValueAsync(StoreFacts.SerialConsistency)));
        var again = await InstallAsync("dc1=1");
        Assert.Equal((SchemaCondition.Current, $"{_keyspace} is of version 1; nothing was to be done."), (again.Condition, again.Lines[0]));
    }

    [Theory]
    [InlineData("dc1=1,nowhere=1", "No node is in the data centre nowhere; there are dc1 (")]
    [InlineData("dc1=90", "nodes, and dc1=90 needs 90.")]
    public async Task Replicas_that_no_node_could_hold_are_refused(string replication, string reason)
    {
        var answer = await InstallAsync(replication);
        Assert.Equal(SchemaCondition.Refused, answer.Condition);
        Assert.Contains(reason, answer.Lines[0], StringComparison.Ordinal);
        Assert.Null(await SystemSchema.ReplicationAsync(Session, _keyspace, Token));
    }

    [Fact]
    public async Task A_keyspace_with_other_replication_is_left_as_it_is()
    {
        await ExecuteAsync($"CREATE KEYSPACE {_keyspace} WITH replication = {{'class': 'NetworkTopologyStrategy', 'dc1': 2}}");
        var answer = await InstallAsync("dc1=1");
        Assert.Equal(SchemaCondition.Refused, answer.Condition);
        Assert.Contains("exists with the replication dc1=2. To have dc1=1: ALTER KEYSPACE", answer.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_makes_no_keyspace_and_no_first_version()
    {
        Assert.Equal(SchemaCondition.Missing, (await InstallAsync(null)).Condition);
        await ExecuteAsync($"CREATE KEYSPACE {_keyspace} WITH replication = {{'class': 'NetworkTopologyStrategy', 'dc1': 1}}");
        Assert.Equal(SchemaCondition.Missing, (await InstallAsync(null)).Condition);
    }

    [Fact]
    public async Task Status_says_what_there_is_what_differs_and_what_to_do()
    {
        Assert.Equal(SchemaCondition.Missing, (await SchemaStatus.ReadAsync(await StoreAsync(), Token)).Condition);
        await InstallAsync("dc1=1");
        var current = await SchemaStatus.ReadAsync(await StoreAsync(), Token);
        Assert.Equal((SchemaCondition.Current, 2), (current.Condition, current.Lines.Count));
        Assert.Contains("(dc1=1; home dc1) is of version 1", current.Lines[0], StringComparison.Ordinal);

        await ExecuteAsync($"ALTER TABLE {_keyspace}.object_index DROP tally");
        var different = await SchemaStatus.ReadAsync(await StoreAsync(), Token);
        Assert.Equal(SchemaCondition.Different, different.Condition);
        Assert.Equal("object_index.tally: map<blob, frozen<tuple<bigint, bigint, bigint>>> static is wanted, nothing is there", different.Lines[1]);
    }

    [Theory]
    [InlineData("1", "3", SchemaCondition.TooNew)]
    [InlineData("1", "2", SchemaCondition.Newer)]
    [InlineData("1", "0", SchemaCondition.Older)]
    public async Task Status_compares_versions(string made, string recorded, SchemaCondition expected)
    {
        await InstallAsync("dc1=1");
        await ExecuteAsync($"UPDATE {_keyspace}.setting SET value = '{recorded}' WHERE name = 'schema_version' IF value = '{made}'");
        var condition = (await SchemaStatus.ReadAsync(await StoreAsync(), Token)).Condition;
        Assert.Equal(expected, condition);
    }

    [Fact]
    public async Task A_name_that_needs_quotes_is_refused()
    {
        var options = await CassandraKeyspace.ClusterAsync(cassandra);
        var answer = await new SchemaInstaller(new InstallOptions { Store = CassandraKeyspace.StoreOptions(options, "s3; DROP"), Replication = Replication.Parse("dc1=1") }).RunAsync(Token);
        Assert.Equal(SchemaCondition.Refused, answer.Condition);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_waited_for_and_given_up_in_the_end()
    {
        var nobody = new InstallOptions
        {
            Store = new CassandraStoreOptions { ContactPoints = ["127.0.0.1:1"], Keyspace = _keyspace },
            Replication = Replication.Parse("dc1=1"),
            NodesWait = TimeSpan.Zero,
        };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new SchemaInstaller(nobody).RunAsync(Token));

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var told = "";
        var patient = nobody with
        {
            NodesWait = TimeSpan.FromHours(1),
            Progress = line =>
            {
                told = line;
                waiting.Cancel();
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SchemaInstaller(patient).RunAsync(waiting.Token));
        Assert.StartsWith("waiting for Cassandra: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_centre_without_nodes_is_waited_for_told_once_and_refused_in_the_end()
    {
        List<string> told = [];
        var answer = await new SchemaInstaller(new InstallOptions
        {
            Store = await StoreAsync(),
            Replication = Replication.Parse("elsewhere=1"),
            NodesWait = TimeSpan.FromSeconds(3),
            Progress = told.Add,
        }).RunAsync(Token);
        Assert.Equal(SchemaCondition.Refused, answer.Condition);
        Assert.Contains("No node is in the data centre elsewhere; there are ", answer.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("waiting up to ", Assert.Single(told), StringComparison.Ordinal);
    }

    private async Task<CassandraStoreOptions> StoreAsync() => CassandraKeyspace.StoreOptions(await CassandraKeyspace.ClusterAsync(cassandra), _keyspace);

    private async Task<SchemaAnswer> InstallAsync(string? replication, Action<string>? progress = null) =>
        await new SchemaInstaller(new InstallOptions
        {
            Store = await StoreAsync(),
            Replication = replication is null ? null : Replication.Parse(replication),
            NodesWait = TimeSpan.Zero,
            Progress = progress ?? (static _ => { }),
        }).RunAsync(Token);

    private async Task<string?> ValueAsync(string name)
    {
        using var rows = await Session.ExecuteAsync(new SimpleStatement($"SELECT value FROM {_keyspace}.setting WHERE name = '{name}'"), Token);
        return rows.Read() ? rows.GetText(0) : null;
    }

    private async Task ExecuteAsync(string cql)
    {
        using var rows = await Session.ExecuteAsync(new SimpleStatement(cql) { Consistency = Consistency.One }, CancellationToken.None);
    }
}
