using System.Net;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Tests.FakeCassandra;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Cql.Tests.Cassandra.Outages;

/// <summary>
/// One of three nodes is killed, paused, stopped, always the one with the control connection, while a session is used: no statement hangs,
/// what may be repeated succeeds with the two that are left, and what was answered to conditional ones is so.
/// </summary>
[Collection(CassandraCollection.Name)]
public sealed class OutageTests(OutageCluster cluster) : IClassFixture<OutageCluster>, IDisposable
{
    private const int ControlConnected = 6020;
    private const int PreparingAnew = 6040;

    private readonly RecordedLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_node_is_killed_and_started_again(ProtocolVersion version)
    {
        var node = (await cluster.StartAsync(Token)).Nodes[0];
        await using var session = await OutageCluster.ConnectAsync(node, _log, version, Token);
        await using var load = await Load.BeginAsync(session, Token);

        await node.KillAsync(Token);
        await load.UntilAsync(() => !IsUp(session, node) && IsControlElsewhere(node));
        await load.GoesOnAsync();

        // The new control connection hears of changes: of a keyspace now, of the node's return below.
        var created = $"created_meanwhile{(int)version}";
        await KeyspaceFixture.CreateAsync(session, created, 2, Token);
        await load.UntilAsync(() => session.Replicas(created, [1]).Count == 2);

        await node.StartAsync(Token);
        await load.UntilAsync(() => IsUp(session, node));
        await load.GoesOnAsync();
        await load.EndAsync();
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_node_is_paused_and_goes_on(ProtocolVersion version)
    {
        var node = (await cluster.StartAsync(Token)).Nodes[1];
        await using var session = await OutageCluster.ConnectAsync(node, _log, version, Token);
        await using var load = await Load.BeginAsync(session, Token);

        await node.PauseAsync(Token);
        try
        {
            await load.UntilAsync(() => !IsUp(session, node) && IsControlElsewhere(node));
            await load.GoesOnAsync();
        }
        finally
        {
            await node.ResumeAsync(Token);
        }

        await load.UntilAsync(() => IsUp(session, node));
        await load.GoesOnAsync();
        await load.EndAsync();
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_node_is_stopped_and_comes_back_without_its_prepared_statements(ProtocolVersion version)
    {
        var node = (await cluster.StartAsync(Token)).Nodes[2];
        await using var session = await OutageCluster.ConnectAsync(node, _log, version, Token);
        await using var load = await Load.BeginAsync(session, Token);

        // It would read them again when it starts.
        await using (var probe = await NodeProbe.OpenAsync(node.EndPoint, Token))
        {
            await probe.RunAsync("TRUNCATE system.prepared_statements", Token);
        }

        await node.StopAsync(Token);
        await load.UntilAsync(() => !IsUp(session, node) && IsControlElsewhere(node));
        await load.GoesOnAsync();

        await node.StartAsync(Token);
        await load.UntilAsync(() => _log.Lines.Any(line => line.Id.Id == PreparingAnew && Names(line.Text, node.EndPoint)));
        await using (var probe = await NodeProbe.OpenAsync(node.EndPoint, Token))
        {
            var coordinated = 0L;
            while (coordinated == 0)
            {
                await load.GoesOnAsync();
                coordinated = await probe.CoordinatedAsync(Token);
            }
        }

        await load.EndAsync();
    }

    [Fact]
    public async Task A_node_that_joins_is_used_and_one_that_leaves_is_let_go()
    {
        var nodes = await cluster.StartAsync(Token);
        await using var session = await OutageCluster.ConnectAsync(nodes.Nodes[0], _log, ProtocolVersion.V4, Token);
        var added = await nodes.AddAsync(Token);
        await Eventually.HoldsAsync(() => session.Nodes.Count == 4 && IsUp(session, added));
        await nodes.RemoveLastAsync(Token);
        await Eventually.HoldsAsync(() => session.Nodes.Count == 3);
    }

    private static bool IsUp(CqlSession session, CassandraNode node) => session.Nodes.Single(status => status.Address.Equals(node.EndPoint)).IsUp;

    private static bool Names(string text, IPEndPoint node) => text.Contains($"{node}", StringComparison.Ordinal);

    private bool IsControlElsewhere(CassandraNode node) => !Names(_log.Lines.Last(line => line.Id.Id == ControlConnected).Text, node.EndPoint);
}
