namespace S3Cassandra.Storage.Cassandra.Tests.Blobs;

/// <summary>Servers whose clocks are hours or days apart lose nothing and leave nothing behind.</summary>
public sealed class BlobClockTests(CassandraKeyspace keyspace) : BlobTestBase(keyspace)
{
    [Theory]
    [InlineData(-72)]
    [InlineData(-5)]
    [InlineData(5)]
    [InlineData(72)]
    public async Task What_a_server_with_a_wrong_clock_wrote_is_read_swept_and_stays_deleted(int hours)
    {
        var (right, wrong) = (new SteppedClock(), new SteppedClock(TimeSpan.FromHours(hours)));
        await using var theirs = await BodiesStore.OpenAsync(Keyspace, wrong);
        await using var ours = await BodiesStore.OpenAsync(Keyspace, right);
        var blobs = new[] { await WriteAsync(theirs.Blobs, 0, 20), await WriteAsync(ours.Blobs, 0), await WriteAsync(theirs.Blobs, 0) };
        var later = right.Now.AddHours(100);
        var found = await ours.Blobs.SuspectsAsync(later, Token).ToListAsync(Token);
        Assert.Equal(blobs.Select(blob => blob.Value).Order(), found.Select(suspect => suspect.Blob.Value).Order());

        // Marked by one, cleared by the other, in both directions.
        await theirs.Blobs.MarkUnreferencedAsync(found[0], wrong.Now, Token);
        await ours.Blobs.MarkUnreferencedAsync(found[1], right.Now, Token);
        Assert.Equal(2, (await theirs.Blobs.SuspectsAsync(later, Token).ToListAsync(Token)).Count(suspect => suspect.UnreferencedSince is not null));
        await ours.Blobs.ClearAsync(found[0], Token);
        await theirs.Blobs.ClearAsync(found[1], Token);
        Assert.Equal(found[2], Assert.Single(await ours.Blobs.SuspectsAsync(later, Token).ToListAsync(Token)));

        Assert.Equal(Chunk(20), await ReadAsync(ours.Blobs, blobs[0], 20));
        Assert.True(await theirs.Blobs.DeleteAsync(blobs[1], Token));
        Assert.True(await ours.Blobs.DeleteAsync(blobs[0], Token));
        Assert.Equal([blobs[2]], await theirs.Blobs.ListAsync(Token).ToListAsync(Token));
    }
}
