using S3Cassandra.S3Server.Pipeline;

namespace S3Cassandra.S3Server.Tests.Pipeline;

/// <summary>Attack 13: who fails too often has to wait, and nobody else.</summary>
public sealed class RefusalLimitsTests
{
    private readonly Clock _clock = new();
    private readonly RefusalLimits _limits;

    public RefusalLimitsTests() => _limits = new RefusalLimits(_clock, SlotOf);

    /// <summary>The same in every run, and different for the names of these tests.</summary>
    private static int SlotOf(string name) => name.Aggregate(17, (hash, character) => (hash * 31) + character);

    [Fact]
    public void A_key_that_is_guessed_at_from_one_source_has_to_wait()
    {
        for (var failure = 0; failure < 50; failure++)
        {
            Assert.True(_limits.MayTry("a", "key"));
            _limits.Failed("a", "key");
        }

        Assert.False(_limits.MayTry("a", "key"));
        Assert.True(_limits.MayTry("a", "another"));
        Assert.True(_limits.MayTry("b", "key"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_limits.MayTry("a", "key"));
        _limits.Failed("a", "key");
        Assert.False(_limits.MayTry("a", "key"));
    }

    [Fact]
    public void A_source_that_tries_many_keys_has_to_wait_too()
    {
        for (var failure = 0; failure < 200; failure++)
        {
            _limits.Failed("a", $"key-{failure}");
        }

        Assert.False(_limits.MayTry("a", "fresh"));
        Assert.True(_limits.MayTry("b", "fresh"));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_limits.MayTry("a", "fresh"));
    }

    [Fact]
    public void Who_is_right_never_waits()
    {
        for (var attempt = 0; attempt < 100_000; attempt++)
        {
            Assert.True(_limits.MayTry("a", "key"));
        }
    }

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
