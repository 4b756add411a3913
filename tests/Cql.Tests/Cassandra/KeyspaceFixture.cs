using System.Net;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>A keyspace of its own for a test class, on a plain node, with a session for each version of the protocol; made when first asked for.</summary>
public sealed class KeyspaceFixture(SharedCassandra cassandra) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<ProtocolVersion, CqlSession> _sessions = [];

    public string Name { get; } = $"test_{Guid.NewGuid():N}"[..16];

    public async Task<CqlSession> SessionAsync(ProtocolVersion version, CancellationToken token)
    {
        if (_sessions.TryGetValue(version, out var session))
        {
            return session;
        }

        var contactPoints = await cassandra.AnyAsync();
        if (_sessions.Count == 0)
        {
            await using var admin = await ConnectAsync(contactPoints, null, ProtocolVersion.V4, token);
            await CreateAsync(admin, Name, 1, token);
        }

        return _sessions[version] = await ConnectAsync(contactPoints, Name, version, token);
    }

    public static ValueTask<CqlSession> ConnectAsync(
        IReadOnlyList<IPEndPoint> contactPoints, string? keyspace, ProtocolVersion version, CancellationToken token) =>
        CqlSession.ConnectAsync(Options(contactPoints) with { Keyspace = keyspace, ProtocolVersion = version }, token);

    /// <summary>With patience for a busy machine: what does not end within it hangs.</summary>
    public static CqlSessionOptions Options(IReadOnlyList<IPEndPoint> contactPoints) => new()
    {
        ContactPoints = [.. contactPoints.Select(point => point.ToString())],
        ConnectTimeout = Patience,
        RequestTimeout = Patience,
        HeartbeatTimeout = Patience,
        SchemaAgreementTimeout = Patience,
    };

    public static async Task CreateAsync(CqlSession session, string keyspace, int replicas, CancellationToken token)
    {
        var cql = $"CREATE KEYSPACE {keyspace} WITH replication = {{'class': 'NetworkTopologyStrategy', '{session.LocalDatacenter}': {replicas}}}";
        using var rows = await session.ExecuteAsync(new SimpleStatement(cql) { Timeout = Patience }, token);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_sessions.Values.FirstOrDefault() is { } session)
        {
            await session.RunAsync($"DROP KEYSPACE IF EXISTS {Name}", CancellationToken.None);
        }

        foreach (var each in _sessions.Values)
        {
            await each.DisposeAsync();
        }
    }
}
