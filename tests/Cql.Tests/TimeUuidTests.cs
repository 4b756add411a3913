namespace S3Cassandra.Cql.Tests;

public class TimeUuidTests
{
    [Fact]
    public void The_time_is_that_of_the_rfc_s_example() =>
        Assert.Equal(
            new DateTimeOffset(2022, 2, 22, 19, 22, 22, TimeSpan.Zero), TimeUuid.TimeOf(Guid.Parse("c232ab00-9414-11ec-b3c8-9f6bdeced846")));

    [Fact]
    public void A_new_one_carries_the_clock_s_time_and_rises_while_the_clock_stands()
    {
        var clock = new StandingClock(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var generator = new TimeUuid(clock);
        var first = generator.New();
        var second = generator.New();
        Assert.Equal((1, 0x8), (first.Version, first.Variant & 0xC));
        Assert.Equal(clock.GetUtcNow(), TimeUuid.TimeOf(first));
        Assert.Equal(clock.GetUtcNow().AddTicks(1), TimeUuid.TimeOf(second));
        Assert.NotEqual(first, new TimeUuid(clock).New());
    }

    [Fact]
    public void Another_version_carries_no_time() => Assert.Throws<ArgumentException>(() => TimeUuid.TimeOf(Guid.NewGuid()));

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
