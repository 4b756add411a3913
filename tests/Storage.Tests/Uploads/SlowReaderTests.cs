using System.IO.Pipelines;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Uploads;

/// <summary>A reader that takes longer than its object lives.</summary>
public class SlowReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 0, 3000)]
    [InlineData(true, 0, 3000)]
    [InlineData(true, 700, 1800)]
    public async Task Gets_the_whole_old_object_although_it_was_overwritten_and_swept(bool manifest, int offset, int count)
    {
        await using var world = await UploadWorld.CreateAsync();
        var upload = await world.InitiateAsync();
        var bodies = Enumerable.Range(1, manifest ? 6 : 3).Select(number => UploadWorld.Bytes(3000 / (manifest ? 6 : 3), number)).ToArray();
        List<Storage.Uploads.CompletedPart> parts = [];
        foreach (var body in bodies)
        {
            parts.Add(await world.PutPartAsync(upload, parts.Count + 1, body));
        }

        await world.CompleteAsync(upload, [.. parts]);
        var whole = bodies.SelectMany(body => body).ToArray();
        var found = await world.Reader.FindAsync(world.Bucket, UploadWorld.Key, null, withBody: true, Token);
        Assert.Equal(manifest, found.Object.Manifest is not null);

        // Some of it comes through, then nobody reads.
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50));
        await using (var open = await world.Reader.OpenAsync(found, null, offset, count, Token))
        {
            var copying = CopyAsync(open!, pipe.Writer);
            Assert.False(copying.IsCompleted);
            await world.PutAsync(UploadWorld.Key.ToString(), [1, 2, 3]);
            await world.SweepAsync();
            var received = new MemoryStream();
            await pipe.Reader.CopyToAsync(received, Token);
            await copying;
            Assert.Equal(whole[offset..(offset + count)], received.ToArray());
        }

        await world.SweepAsync();
        Assert.Equal(0, await world.CountBlobsAsync());
        Assert.Equal([1, 2, 3], await world.ReadAsync());
    }

    private static async Task CopyAsync(OpenObject open, PipeWriter writer)
    {
        Exception? failure = null;
        try
        {
            await open.CopyToAsync(writer, Token);
        }
        catch (CorruptDataException exception)
        {
            failure = exception;
        }

        await writer.CompleteAsync(failure);
    }
}
