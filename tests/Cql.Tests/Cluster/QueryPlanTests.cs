using S3Cassandra.Cql.Cluster;

namespace S3Cassandra.Cql.Tests.Cluster;

public class QueryPlanTests
{
    private static readonly Node[] Local = [.. Enumerable.Range(1, 5).Select(number => TokenRingTests.N(number))];
    private static readonly Node[] Remote = [TokenRingTests.N(8, "dc2"), TokenRingTests.N(9, "dc2")];

    [Fact]
    public void Replicas_come_first_then_the_other_local_nodes_each_once()
    {
        for (var random = 0u; random < 100; random++)
        {
            var plan = Take(new QueryPlan([Local[3], Local[1], Local[4]], Local, [], random, inRingOrder: false));
            Assert.Equal([2, 4, 5], plan[..3].Order());
            Assert.Equal([1, 3], plan[3..].Order());
        }
    }

    [Fact]
    public void Serial_plans_keep_the_rings_order()
    {
        for (var random = 0u; random < 100; random++)
        {
            Assert.Equal([4, 2, 5], Take(new QueryPlan([Local[3], Local[1], Local[4]], Local, [], random, inRingOrder: true))[..3]);
        }
    }

    [Fact]
    public void All_orders_of_three_replicas_occur_equally_often()
    {
        var orders = Enumerable.Range(0, 600)
            .Select(random => string.Join(',', Take(new QueryPlan(Local[..3], Local, [], (uint)random, inRingOrder: false))[..3]))
            .CountBy(order => order)
            .ToList();
        Assert.Equal(6, orders.Count);
        Assert.All(orders, order => Assert.Equal(100, order.Value));
    }

    [Fact]
    public void Nodes_of_other_data_centres_come_last_and_only_where_they_may()
    {
        var plan = Take(new QueryPlan([Local[0]], Local, Remote, 7, inRingOrder: false));
        Assert.Equal([8, 9], plan[5..].Order());
        Assert.Equal(5, Take(new QueryPlan([Local[0]], Local, [], 7, inRingOrder: false)).Length);
    }

    [Fact]
    public void Nobody_is_nobody() => Assert.Empty(Take(new QueryPlan([], [], [], 3, inRingOrder: false)));

    private static int[] Take(QueryPlan plan)
    {
        var taken = new List<int>();
        while (plan.Next() is { } node)
        {
            taken.Add(TokenRingTests.Number(node));
        }
        return [.. taken];
    }
}
