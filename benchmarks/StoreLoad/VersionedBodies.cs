using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.StoreLoad;

/// <summary>A versioned bucket's small bodies, in the head and the version's row or in the version's row alone, for docs/decisions/0003.</summary>
internal sealed class VersionedBodies(IObjectIndex index, BucketId bucket, string directory)
{
    private const int Workers = 16;
    private const int Keys = 20;
    private const int PutsEach = 400;

    public async Task RunAsync()
    {
        foreach (var kib in new[] { 4, 64 })
        {
            var body = new byte[kib * 1024];
            Random.Shared.NextBytes(body);
            foreach (var twice in new[] { true, false, true, false })
            {
                var name = $"{kib} KiB, {(twice ? "twice" : "once")}";
                var (run, before) = (Guid.NewGuid(), BytesOnDisk());
                await Meter.RunAsync($"put version, {name}", Workers, 1, (worker, i) => PutAsync(KeyOf(run, worker, i), body, twice), PutsEach);
                Console.WriteLine($"    {(BytesOnDisk() - before) / Workers / PutsEach:N0} bytes on disk per version");
                await Meter.RunAsync($"get current, {name}", Workers, 1, (worker, i) => GetAsync(KeyOf(run, worker, i), twice));
            }
        }
    }

    private static ObjectKey KeyOf(Guid run, int worker, int number) => ObjectKey.Parse($"{run}/{worker}/{number % Keys}");

    private long BytesOnDisk() => Directory.EnumerateFiles(directory, "index.db*").Sum(file => new FileInfo(file).Length);

    private async Task PutAsync(ObjectKey key, byte[] body, bool twice)
    {
        var rows = await index.ReadAsync(bucket, new KeyRead(key), default);
        var record = new byte[300];
        var result = await index.CommitAsync(
            new IndexCommit
            {
                Bucket = bucket,
                Key = key,
                Epoch = 1,
                Started = DateTimeOffset.UtcNow,
                Conditions = [new(RowAddress.Head, rows!.AnyHead?.Ver), new(RowAddress.HiddenHead, null)],
                Writes =
                [
                    new RowWrite(RowAddress.Head, Guid.NewGuid(), record, twice ? body : []),
                    new RowWrite(new RowAddress(IndexSection.Version, SuffixOf()), Guid.NewGuid(), record, body),
                ],
            },
            default);
        if (result.Outcome != CommitOutcome.Applied)
        {
            throw new InvalidOperationException($"{result.Outcome}");
        }
    }

    private static byte[] SuffixOf() => VersionId.New((ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks).ToBytes();

    /// <summary>Where the head holds no body it names the row that does, which is read after it.</summary>
    private async Task GetAsync(ObjectKey key, bool twice)
    {
        var rows = await index.ReadAsync(bucket, new KeyRead(key, WithBody: true), default);
        if (!twice)
        {
            rows = await index.ReadAsync(bucket, new KeyRead(key, WithBody: true, NewestVersions: 1), default);
        }

        if (rows!.Rows.All(row => row.Body.IsEmpty))
        {
            throw new InvalidOperationException("A body is missing.");
        }
    }
}
