using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Embedded.Tests.CrashPoints;

/// <summary>One client after another puts, deletes, uploads and gives up, then everything is swept. It gets to every crash point.</summary>
internal sealed class CrashScript(CrashWorld world)
{
    private volatile Promises _promises = Promises.None;

    /// <summary>What was acknowledged, and what is under way.</summary>
    public Promises Promises => _promises;

    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public async Task RunAsync()
    {
        await PutAsync("in-row", Bytes(300, 1));
        await PutAsync("in-row", Bytes(200, 2));
        await PutAsync("in-blob", Bytes(9000, 3));
        await PutAsync("in-blob", Bytes(12_288, 4));
        await PutAsync("deleted", Bytes(5000, 5));
        await DeleteAsync("deleted");
        Assert.Equal(WriteStatus.BodyRefused, await world.PutAsync("refused", Bytes(7000, 6), isRefused: true));
        await world.LoseAsync("lost", Bytes(6000, 7));

        // More parts than a row lists, one of them uploaded twice: the first is no part of the object.
        await CompleteAsync(await UploadAsync("uploaded", [1, 2, 2, 3], 10));
        await CompleteAsync(await UploadAsync("replaced", [1, 2], 20));
        await PutAsync("replaced", Bytes(4096, 8));
        await AbortAsync(await UploadAsync("given-up", [1, 2], 30));
        await UploadAsync("under-way", [1, 2], 40);
        await world.SweepAsync();
        await PutAsync("last", Bytes(5000, 9));
    }

    private async Task PutAsync(string key, byte[] bytes)
    {
        _promises = _promises.Begin(key, bytes);
        Assert.Equal(WriteStatus.Done, await world.PutAsync(key, bytes));
        _promises = _promises.Acknowledge(key, bytes);
    }

    private async Task DeleteAsync(string key)
    {
        _promises = _promises.Begin(key, null);
        await world.DeleteAsync(key);
        _promises = _promises.Acknowledge(key, null);
    }

    /// <summary>Uploads these part numbers in turn; of a number uploaded twice the later one counts.</summary>
    private async Task<PromisedUpload> UploadAsync(string key, int[] numbers, int seed)
    {
        var id = await world.InitiateAsync(key);
        var (parts, bodies) = (new SortedDictionary<int, CompletedPart>(), new SortedDictionary<int, byte[]>());
        var upload = Promise(key, id, parts, bodies);
        foreach (var (turn, number) in numbers.Index())
        {
            bodies[number] = Bytes(5000 + number, seed + turn);
            parts[number] = await world.PutPartAsync(key, id, number, bodies[number]);
            upload = Promise(key, id, parts, bodies);
        }

        return upload;
    }

    private PromisedUpload Promise(
        string key, UploadId id, SortedDictionary<int, CompletedPart> parts, SortedDictionary<int, byte[]> bodies)
    {
        var upload = new PromisedUpload(key, id, [.. parts.Values], [.. bodies.Values.SelectMany(body => body)], false);
        _promises = _promises with { Uploads = _promises.Uploads.SetItem(key, upload) };
        return upload;
    }

    private async Task CompleteAsync(PromisedUpload upload)
    {
        byte[] bytes = [.. upload.Bytes];
        _promises = _promises.Begin(upload.Key, bytes);
        Assert.Equal(CompleteStatus.Done, await world.CompleteAsync(upload.Key, upload.Id, upload.Parts));
        _promises = _promises.Acknowledge(upload.Key, bytes) with { Uploads = _promises.Uploads.Remove(upload.Key) };
    }

    private async Task AbortAsync(PromisedUpload upload)
    {
        _promises = _promises with { Uploads = _promises.Uploads.SetItem(upload.Key, upload with { MayBeAborted = true }) };
        Assert.Equal(UploadStatus.Done, await world.AbortAsync(upload.Key, upload.Id));
        _promises = _promises with { Uploads = _promises.Uploads.Remove(upload.Key) };
    }
}
