using S3Cassandra.Storage.Cassandra.Blobs;

namespace S3Cassandra.Storage.Cassandra.Tests.Blobs;

/// <summary>A reader that takes long is known to every server, or breaks off.</summary>
public sealed class PinTests(CassandraKeyspace keyspace) : BlobTestBase(keyspace)
{
    private static readonly PinTimes Times = new() { Refresh = TimeSpan.FromHours(1), TellAfter = TimeSpan.FromMinutes(5), Lifetime = TimeSpan.FromHours(3) };

    [Fact]
    public async Task Another_server_does_not_delete_what_is_read_for_long()
    {
        var clock = new SteppedClock();
        await using var reader = await BodiesStore.OpenAsync(Keyspace, clock, Times);
        await using var sweeper = await BodiesStore.OpenAsync(Keyspace, clock, Times);
        var blob = await WriteAsync(sweeper.Blobs, 0);
        using var pin = await reader.Blobs.PinAsync(blob, Token);
        Assert.False(await reader.Blobs.DeleteAsync(blob, Token));

        clock.Pass(TimeSpan.FromMinutes(4));
        await reader.CassandraBlobs.Pins.TellAsync(Token);
        Assert.Equal(0, await CountAsync("pin"));
        clock.Pass(TimeSpan.FromMinutes(1));
        await reader.CassandraBlobs.Pins.TellAsync(Token);
        await reader.CassandraBlobs.Pins.TellAsync(Token);
        Assert.Equal(1, await CountAsync("pin"));
        Assert.False(await sweeper.Blobs.DeleteAsync(blob, Token));
        Assert.True(pin.IsFresh);

        // Renewed by a row of its own.
        clock.Pass(TimeSpan.FromHours(1));
        await reader.CassandraBlobs.Pins.TellAsync(Token);
        Assert.Equal(2, await CountAsync("pin"));
        Assert.Equal(Chunk(0), await ReadAsync(sweeper.Blobs, blob, 0));
        await Keyspace.TruncateAsync("pin");
        Assert.True(await sweeper.Blobs.DeleteAsync(blob, Token));
    }

    [Fact]
    public async Task A_written_pin_goes_by_itself()
    {
        var clock = new SteppedClock();
        await using var store = await BodiesStore.OpenAsync(Keyspace, clock, Times with { Lifetime = TimeSpan.FromSeconds(2) });
        var blob = await WriteAsync(store.Blobs, 0);
        var pin = await store.Blobs.PinAsync(blob, Token);
        clock.Pass(Times.TellAfter);
        await store.CassandraBlobs.Pins.TellAsync(Token);
        pin.Dispose();
        while (!await store.Blobs.DeleteAsync(blob, Token))
        {
            await Task.Yield();
        }

        Assert.Equal(0, await CountAsync("pin"));
    }

    [Fact]
    public async Task A_pin_that_is_not_kept_fresh_says_so()
    {
        var clock = new SteppedClock();
        await using var store = await BodiesStore.OpenAsync(Keyspace, clock, Times);
        var blob = await WriteAsync(store.Blobs, 0);
        using var untold = await store.Blobs.PinAsync(blob, Token);
        clock.Pass(Times.UntoldLimit - TimeSpan.FromSeconds(1));
        Assert.True(untold.IsFresh);
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.False(untold.IsFresh);

        var told = await store.Blobs.PinAsync(blob, Token);
        clock.Pass(Times.TellAfter);
        await store.CassandraBlobs.Pins.TellAsync(Token);
        clock.Pass(Times.ToldLimit - TimeSpan.FromSeconds(1));
        Assert.True(told.IsFresh);
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.False(told.IsFresh);
        told.Dispose();
        Assert.False(told.IsFresh);
    }
}
