using System.Net;
using S3Cassandra.Cql.Cluster;

namespace S3Cassandra.Cql.Tests.Cluster;

public class TokenRingTests
{
    [Theory]
    [InlineData(-100, 1)]
    [InlineData(-99, 2)]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    [InlineData(100, 3)]
    [InlineData(101, 1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, 1)]
    public void A_token_belongs_to_the_first_that_is_not_less_and_the_last_are_the_firsts(long token, int owner)
    {
        var ring = Ring((100, N(3)), (-100, N(1)), (0, N(2)));
        Assert.Equal(owner, Number(ring.Owner(ring.Find(token))));
    }

    [Fact]
    public void Simple_replicas_are_the_next_different_nodes()
    {
        var (a, b, c) = (N(1), N(2), N(3));
        var ring = Ring((0, a), (10, a), (20, b), (30, c));
        Assert.Equal([[1, 2], [1, 2], [2, 3], [3, 1]], Numbers(Strategy(("class", "SimpleStrategy"), ("replication_factor", "2")).Replicas(ring)));
    }

    [Fact]
    public void More_copies_than_nodes_are_all_nodes()
    {
        var ring = Ring((0, N(1)), (10, N(2)));
        Assert.Equal([[1, 2], [2, 1]], Numbers(Strategy(("class", "SimpleStrategy"), ("replication_factor", "5")).Replicas(ring)));
    }

    [Fact]
    public void Each_data_centre_has_its_own_count()
    {
        var ring = Ring((0, N(1, "a")), (10, N(2, "b")), (20, N(3, "a")), (30, N(4, "b")));
        var replicas = Strategy(("class", "org.apache.cassandra.locator.NetworkTopologyStrategy"), ("a", "2"), ("b", "1"), ("gone", "3")).Replicas(ring);
        Assert.Equal([[1, 2, 3], [2, 3, 1], [3, 4, 1], [4, 1, 3]], Numbers(replicas));
    }

    [Fact]
    public void Racks_come_before_second_nodes_of_a_rack()
    {
        var ring = Ring((0, N(1, "a", "r1")), (10, N(2, "a", "r1")), (20, N(3, "a", "r1")), (30, N(4, "a", "r2")));
        Assert.Equal([1, 4], Numbers(Strategy(("class", "NetworkTopologyStrategy"), ("a", "2")).Replicas(ring))[0]);

        // Three copies in two racks: one second node of a rack, the first that comes.
        Assert.Equal([1, 2, 4], Numbers(Strategy(("class", "NetworkTopologyStrategy"), ("a", "3")).Replicas(ring))[0]);
    }

    [Theory]
    [InlineData("org.apache.cassandra.locator.LocalStrategy")]
    [InlineData("com.example.Own")]
    public void Of_other_strategies_nothing_is_known(string name) =>
        Assert.Null(ReplicationStrategy.From(new Dictionary<string, string> { ["class"] = name }));

    [Fact]
    public void Transient_replicas_count()
    {
        var ring = Ring((0, N(1)), (10, N(2)), (20, N(3)));
        Assert.Equal([1, 2, 3], Numbers(Strategy(("class", "NetworkTopologyStrategy"), ("dc1", "3/1")).Replicas(ring))[0]);
    }

    internal static Node N(int number, string datacenter = "dc1", string rack = "r1") =>
        new(new Guid(number, 0, 0, new byte[8]), new IPEndPoint(IPAddress.Loopback, number), datacenter, rack);

    internal static int Number(Node node) => node.Address.Port;

    private static TokenRing Ring(params (long Token, Node Node)[] tokens) => new(tokens.Select(pair => KeyValuePair.Create(pair.Token, pair.Node)));

    private static ReplicationStrategy Strategy(params (string Key, string Value)[] replication) =>
        ReplicationStrategy.From(replication.ToDictionary(pair => pair.Key, pair => pair.Value))!;

    private static int[][] Numbers(Node[][] replicas) => Array.ConvertAll(replicas, nodes => Array.ConvertAll(nodes, Number));
}
