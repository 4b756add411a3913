using System.Buffers.Binary;
using System.Net;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>
/// Where statements go, by the counts of three real nodes: how many statements each coordinated, and how many rows each read itself. In a
/// keyspace of one replica the row is read by the one node that has it, whoever is asked; so both counts say whether that one was asked.
/// </summary>
[Collection(CassandraCollection.Name)]
public class RoutingTests(RoutingKeyspaces keyspaces) : IClassFixture<RoutingKeyspaces>
{
    private const int Keys = 90;
    private const int Times = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProtocolVersion.V4, Consistency.LocalOne)]
    [InlineData(ProtocolVersion.V5, Consistency.Quorum)]
    public async Task Reads_and_writes_go_to_the_node_that_has_the_row(ProtocolVersion version, Consistency consistency)
    {
        await using var session = await keyspaces.ConnectAsync(version, Token);
        var insert = await session.PrepareAsync($"INSERT INTO {keyspaces.Table(1)} (k, v) VALUES (?, 0)", Token);
        var select = await session.PrepareAsync($"SELECT v FROM {keyspaces.Table(1)} WHERE k = ?", Token);
        var owners = Enumerable.Range(0, Keys).ToLookup(key => Assert.Single(Replicas(session, key, 1)));
        Assert.Equal(3, owners.Count);
        foreach (var owner in owners)
        {
            var (coordinated, read) = (await CoordinatedAsync(), await keyspaces.ReadAsync(1, Token));
            await Task.WhenAll(owner.Select(key => RunAsync(session, insert, key, consistency)));
            await Task.WhenAll(owner.Select(key => RunAsync(session, select, key, consistency)));
            AssertOnly(owner.Key, 2 * owner.Count(), coordinated, await CoordinatedAsync());
            AssertOnly(owner.Key, owner.Count(), read, await keyspaces.ReadAsync(1, Token));
        }
    }

    [Theory]
    [InlineData(ProtocolVersion.V4, Consistency.LocalOne)]
    [InlineData(ProtocolVersion.V5, Consistency.Quorum)]
    public async Task Replicas_share_the_reads_of_a_row_and_no_other_node_gets_any(ProtocolVersion version, Consistency consistency)
    {
        await using var session = await keyspaces.ConnectAsync(version, Token);
        var select = await session.PrepareAsync($"SELECT v FROM {keyspaces.Table(2)} WHERE k = ?", Token);
        foreach (var probe in keyspaces.Probes)
        {
            var key = Enumerable.Range(0, Keys).First(key => !Replicas(session, key, 2).Contains(probe.Node));
            var before = await CoordinatedAsync();
            await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => RunAsync(session, select, key, consistency)));
            var after = await CoordinatedAsync();
            Assert.Equal(before[probe.Node], after[probe.Node]);
            Assert.All(Replicas(session, key, 2), replica => Assert.True(after[replica] > before[replica], $"{replica} got none of the reads"));
            Assert.Equal(Times, after.Values.Sum() - before.Values.Sum());
        }
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task What_Paxos_decides_goes_to_the_first_replica_of_the_ring(ProtocolVersion version)
    {
        await using var session = await keyspaces.ConnectAsync(version, Token);
        var update = await session.PrepareAsync($"UPDATE {keyspaces.Table(3)} SET v = ? WHERE k = ? IF v = ?", Token);
        var select = await session.PrepareAsync($"SELECT v FROM {keyspaces.Table(3)} WHERE k = ?", Token);
        foreach (var probe in keyspaces.Probes)
        {
            // The first in the ring is the one that has the row where there is one replica only; the test above shows which that is.
            var key = Enumerable.Range(0, Keys).First(key => Replicas(session, key, 1)[0].Equals(probe.Node));
            await session.RunAsync($"DELETE FROM {keyspaces.Table(3)} WHERE k = {key} IF EXISTS", Token);
            await session.RunAsync($"INSERT INTO {keyspaces.Table(3)} (k, v) VALUES ({key}, 0) IF NOT EXISTS", Token);
            var before = await CoordinatedAsync();
            for (var value = 0; value < 10; value++)
            {
                Assert.Equal(Outcome.Applied, await session.TryAsync(update.Bind().Int(value + 1).Int(key).Int(value), Token));
                await RunAsync(session, select, key, Consistency.LocalSerial);
            }

            AssertOnly(probe.Node, 20, before, await CoordinatedAsync());
        }
    }

    private static void AssertOnly(IPEndPoint node, long count, Dictionary<IPEndPoint, long> before, Dictionary<IPEndPoint, long> after) =>
        Assert.All(after, each => Assert.Equal((each.Key, each.Key.Equals(node) ? count : 0), (each.Key, each.Value - before[each.Key])));

    private static async Task RunAsync(CqlSession session, PreparedStatement statement, int key, Consistency consistency)
    {
        var bound = statement.Bind().Int(key);
        bound.Consistency = consistency;
        await session.RunAsync(bound, Token);
    }

    private Task<Dictionary<IPEndPoint, long>> CoordinatedAsync() => keyspaces.CoordinatedAsync(Token);

    private IReadOnlyList<IPEndPoint> Replicas(CqlSession session, int key, int replicas)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, key);
        return session.Replicas(keyspaces.Keyspace(replicas), bytes);
    }
}
