using System.IO.Hashing;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.StoreLoad;

/// <summary>Loads on an embedded store without anything above it: no HTTP, no hashing of what is written.</summary>
internal sealed class Workloads(string directory, string[] wanted)
{
    private const int Record = 300;

    private readonly BucketId _bucket = BucketId.New();

    public async Task RunAsync()
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        await using (var store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = directory, DirectIo = DirectIo() }))
        {
            Console.WriteLine($"{directory}, direct I/O {(store.UsesDirectIo ? "on" : "off")}, {Environment.ProcessorCount} cores");
            await store.Index.CreateBucketAsync(_bucket, new byte[] { 1 }, default);
            await SmallAsync(store);
            await SizesAsync(store);
            if (Wants("versioned"))
            {
                await new VersionedBodies(store.Index, _bucket, directory).RunAsync();
            }

            await BlobsAsync(store, "1MiB", 2, 8);
            await BlobsAsync(store, "64MiB", 128, 4);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static DirectIoMode DirectIo() =>
        Environment.GetEnvironmentVariable("DIRECT_IO") is { } mode ? Enum.Parse<DirectIoMode>(mode) : DirectIoMode.Auto;

    private static ObjectKey Key(int worker, int number) => ObjectKey.Parse($"folder/{worker:D3}/{number:D8}");

    private bool Wants(string name) => wanted.Length == 0 || wanted.Contains(name);

    private async Task SmallAsync(EmbeddedStore store)
    {
        if (!Wants("small"))
        {
            return;
        }

        var body = new byte[4096];
        Random.Shared.NextBytes(body);
        await Meter.RunAsync("commit 4 KiB, new key", 16, body.Length, (worker, i) => PutAsync(store.Index, Key(worker, i), body));
        await Meter.RunAsync("commit 4 KiB, overwrite", 16, body.Length, (worker, i) => PutAsync(store.Index, Key(worker, i % 500), body));
        await Meter.RunAsync("commit 4 KiB, one at a time", 1, body.Length, (worker, i) => PutAsync(store.Index, Key(900 + worker, i), body));
        await Meter.RunAsync("read 4 KiB", 16, body.Length, (worker, i) => ReadAsync(store.Index, Key(worker, i % 500), true));
        await Meter.RunAsync("read head only", 16, 0, (worker, i) => ReadAsync(store.Index, Key(worker, i % 500), false));
        await Meter.RunAsync("scan 1,000 rows", 4, 0, async (worker, i) =>
        {
            var range = new ScanRange(_bucket, IndexSection.Head, Key(worker, i % 500).Memory, default, null, 1000);
            using var page = await store.Index.ScanAsync(range, default);
        });
        await Meter.RunAsync("mixed 1 commit : 3 reads", 16, body.Length, (worker, i) => i % 4 == 0
            ? PutAsync(store.Index, Key(100 + worker, i), body)
            : ReadAsync(store.Index, Key(worker, i % 500), true));
        await Meter.RunAsync("delete", 16, 0, (worker, i) => DeleteAsync(store.Index, Key(worker, i)));
    }

    /// <summary>What a body costs in its row and in a file of its own, for docs/decisions/0001.</summary>
    private async Task SizesAsync(EmbeddedStore store)
    {
        if (!Wants("sizes"))
        {
            return;
        }

        for (var kib = 4; kib <= 256; kib *= 2)
        {
            var body = new byte[kib * 1024];
            Random.Shared.NextBytes(body);
            var offset = 1000 + kib;
            var written = new BlobId[16];
            await Meter.RunAsync($"put {kib} KiB in row", 16, 1, (worker, i) => PutAsync(store.Index, Key(offset + worker, i % 200), body));
            await Meter.RunAsync($"put {kib} KiB as file", 16, 1, async (worker, i) =>
            {
                written[worker] = await WriteBlobAsync(store.Blobs, body.Length, 1);
                await PutAsync(store.Index, Key(offset + 400 + worker, i % 200), []);
            });
            await Meter.RunAsync($"get {kib} KiB in row", 16, 1, (worker, i) => ReadAsync(store.Index, Key(offset + worker, i % 20), true));
            await Meter.RunAsync($"get {kib} KiB as file", 16, 1, async (worker, i) =>
            {
                await ReadAsync(store.Index, Key(offset + worker, i % 20), false);
                await ReadBlobAsync(store.Blobs, written[worker], 1);
            });
        }
    }

    private async Task BlobsAsync(EmbeddedStore store, string name, int chunks, int concurrency)
    {
        if (!Wants(name))
        {
            return;
        }

        var (bytes, kept) = ((long)chunks * store.Blobs.ChunkSize, new BlobId[concurrency]);
        await Meter.RunAsync($"write {name}", concurrency, bytes, async (worker, i) =>
        {
            var old = kept[worker];
            kept[worker] = await WriteBlobAsync(store.Blobs, store.Blobs.ChunkSize, chunks);
            if (old != default)
            {
                await store.Blobs.DeleteAsync(old, default);
            }
        });
        var fresh = await Task.WhenAll(Enumerable.Range(0, (1 << 30) / (int)bytes).Select(_ => WriteBlobAsync(store.Blobs, store.Blobs.ChunkSize, chunks)));
        var next = -1;
        await Meter.RunAsync($"read {name}, first time", concurrency, bytes, async (_, _) =>
        {
            var number = Interlocked.Increment(ref next);
            if (number < fresh.Length)
            {
                await ReadBlobAsync(store.Blobs, fresh[number], chunks);
            }
        }, fresh.Length / concurrency);
        await Meter.RunAsync($"read {name}", concurrency, bytes, (worker, i) => ReadBlobAsync(store.Blobs, kept[worker], chunks));
        await Meter.RunAsync($"read {name}", 1, bytes, (worker, i) => ReadBlobAsync(store.Blobs, kept[worker], chunks));
    }

    /// <summary>Chunks one after the other, three in flight, each with its CRC-64/NVME, which is part of the cost.</summary>
    private async Task<BlobId> WriteBlobAsync(IBlobStore blobs, int chunk, int count)
    {
        await using var writer = await blobs.CreateAsync(new BlobOwner(_bucket, Key(0, 0), null), default);
        var inFlight = new Queue<Task>();
        for (var number = 0; number < count; number++)
        {
            inFlight.Enqueue(WriteChunkAsync(blobs, writer, number, chunk));
            if (inFlight.Count == 3)
            {
                await inFlight.Dequeue();
            }
        }

        await Task.WhenAll(inFlight);
        await writer.CompleteAsync(default);
        return writer.Id;
    }

    private static async Task WriteChunkAsync(IBlobStore blobs, IBlobWriter writer, int number, int length)
    {
        using var buffer = await blobs.RentChunkAsync(blobs.ChunkSize, default);
        var crc = Crc64.HashToUInt64(Crc64ParameterSet.Nvme, buffer.Memory.Span[..length]);
        await writer.WriteAsync(number, buffer, length, crc, default);
    }

    private static async Task ReadBlobAsync(IBlobStore blobs, BlobId blob, int count)
    {
        var next = new Queue<Task<ChunkBuffer>>();
        for (var number = 0; number < count + 2; number++)
        {
            if (number < count)
            {
                next.Enqueue(ReadChunkAsync(blobs, blob, number));
            }

            if (number >= 2 || number >= count)
            {
                if (next.TryDequeue(out var done))
                {
                    (await done).Dispose();
                }
            }
        }
    }

    private static async Task<ChunkBuffer> ReadChunkAsync(IBlobStore blobs, BlobId blob, int number)
    {
        var buffer = await blobs.RentChunkAsync(blobs.ChunkSize, default);
        await blobs.ReadAsync(blob, blobs.ChunkSize, number, buffer, default);
        return buffer;
    }

    private async Task PutAsync(IObjectIndex index, ObjectKey key, byte[] body)
    {
        var rows = await index.ReadAsync(_bucket, new KeyRead(key), default);
        await CommitAsync(index, key, rows!.AnyHead?.Ver, [new RowWrite(RowAddress.Head, Guid.NewGuid(), new byte[Record], body)], []);
    }

    private async Task DeleteAsync(IObjectIndex index, ObjectKey key)
    {
        var rows = await index.ReadAsync(_bucket, new KeyRead(key), default);
        if (rows!.AnyHead is { } head)
        {
            await CommitAsync(index, key, head.Ver, [], [RowAddress.Head]);
        }
    }

    private async Task CommitAsync(IObjectIndex index, ObjectKey key, Guid? ver, RowWrite[] writes, RowAddress[] deletes)
    {
        var result = await index.CommitAsync(
            new IndexCommit
            {
                Bucket = _bucket,
                Key = key,
                Epoch = 1,
                Started = DateTimeOffset.UtcNow,
                Conditions = [new(RowAddress.Head, ver), new(RowAddress.HiddenHead, null)],
                Writes = writes,
                Deletes = deletes,
            },
            default);
        if (result.Outcome != CommitOutcome.Applied)
        {
            throw new InvalidOperationException($"{result.Outcome}");
        }
    }

    private async Task ReadAsync(IObjectIndex index, ObjectKey key, bool withBody)
    {
        if (await index.ReadAsync(_bucket, new KeyRead(key, withBody), default) is not { Rows.Count: 1 })
        {
            throw new InvalidOperationException("A row is missing.");
        }
    }
}
