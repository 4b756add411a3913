using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Storage.Cassandra.Tests;

/// <summary>
/// A keyspace of its own for a test class, with our schema, on a plain node: <c>IClassFixture&lt;CassandraKeyspace&gt;</c>. Tests of a class
/// keep apart by bucket and blob ids of their own; where a whole table is read, by <see cref="TruncateAsync"/> before each test.
/// </summary>
public sealed class CassandraKeyspace(SharedCassandra cassandra) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private CqlSession? _session;

    public string Name { get; } = $"test_{Guid.NewGuid():N}"[..16];

    /// <summary>A session that uses the keyspace.</summary>
    public CqlSession Session => _session!;

    /// <summary>How <see cref="Session"/> was opened, for those who want one of their own.</summary>
    public CqlSessionOptions Options { get; private set; } = new() { ContactPoints = [] };

    public async ValueTask InitializeAsync()
    {
        Options = await ClusterAsync(cassandra) with { Keyspace = Name };
        var answer = await new SchemaInstaller(new InstallOptions { Store = StoreOptions(Options, Name), Replication = Replication.Parse("dc1=1") })
            .RunAsync(CancellationToken.None);
        Assert.Equal(SchemaCondition.Current, answer.Condition);
        _session = await CqlSession.ConnectAsync(Options, CancellationToken.None);
    }

    /// <summary>Empties tables.</summary>
    public async Task TruncateAsync(params IReadOnlyList<string> tables)
    {
        foreach (var table in tables)
        {
            using var rows = await Session.ExecuteAsync(new SimpleStatement($"TRUNCATE {Name}.{table}") { IsIdempotent = true }, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            using (await session.ExecuteAsync(new SimpleStatement($"DROP KEYSPACE IF EXISTS {Name}") { IsIdempotent = true }, CancellationToken.None))
            {
            }
            await session.DisposeAsync();
        }
    }

    /// <summary>The same for what is told of a keyspace, not of a session.</summary>
    internal static CassandraStoreOptions StoreOptions(CqlSessionOptions session, string keyspace) =>
        new() { ContactPoints = session.ContactPoints, Keyspace = keyspace, StatementTime = session.RequestTimeout };

    /// <summary>How to reach the node of these tests, with patience for a busy machine.</summary>
    internal static async Task<CqlSessionOptions> ClusterAsync(SharedCassandra cassandra) => new()
    {
        ContactPoints = [.. (await cassandra.AnyAsync()).Select(point => point.ToString())],
        ConnectTimeout = Patience,
        RequestTimeout = Patience,
        HeartbeatTimeout = Patience,
    };
}
