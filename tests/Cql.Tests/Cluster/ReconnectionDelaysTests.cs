using S3Cassandra.Cql.Cluster;

namespace S3Cassandra.Cql.Tests.Cluster;

public class ReconnectionDelaysTests
{
    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 100)]
    [InlineData(5, 1600)]
    [InlineData(7, 6400)]
    [InlineData(8, 10000)]
    [InlineData(1000, 10000)]
    public void Delays_double_from_50_ms_to_10_s_and_vary_by_15_percent(int failures, double milliseconds)
    {
        var delays = new ReconnectionDelays(new Random(1));
        var taken = Enumerable.Range(0, 200).Select(_ => delays.After(failures).TotalMilliseconds).ToList();
        Assert.All(taken, delay => Assert.InRange(delay, milliseconds * 0.85, milliseconds * 1.15));
        Assert.True(taken.Distinct().Count() > 100);
    }
}
