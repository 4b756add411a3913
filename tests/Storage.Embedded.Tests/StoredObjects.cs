using System.IO.Hashing;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>
/// Objects as a server stores them, whose bytes follow from their key: so a reader needs no list of what should be there. The head's
/// record names the blob (16 bytes), or is empty where the body lies in the row.
/// </summary>
internal sealed class StoredObjects(EmbeddedStore store, BucketId bucket)
{
    public const int ChunkSize = 16 * 1024;
    public const int Chunks = 3;
    public const int InlineLength = 3000;

    private const int LastChunk = 5000;

    public EmbeddedStore Store => store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static byte[] Expected(string key, int chunk, int length)
    {
        var bytes = new byte[length];
        new Random(Fnv(key) + chunk).NextBytes(bytes);
        return bytes;
    }

    public static async Task<StoredObjects> CreateAsync(EmbeddedStore store, BucketId bucket)
    {
        await store.Index.CreateBucketAsync(bucket, new byte[] { 1 }, Token);
        return new StoredObjects(store, bucket);
    }

    /// <summary>A body in the row; overwrites, releasing the blob that was there.</summary>
    public Task PutInlineAsync(string key) => CommitAsync(key, [], Expected(key, 0, InlineLength));

    /// <summary>A body in a blob.</summary>
    public async Task<BlobId> PutBlobAsync(string key)
    {
        await using var writer = await store.Blobs.CreateAsync(new BlobOwner(bucket, ObjectKey.Parse(key), null), Token);
        for (var number = 0; number < Chunks; number++)
        {
            using var buffer = await store.Blobs.RentChunkAsync(ChunkSize, Token);
            var chunk = Expected(key, number, number == Chunks - 1 ? LastChunk : ChunkSize);
            chunk.CopyTo(buffer.Memory);
            await writer.WriteAsync(number, buffer, chunk.Length, Crc64.HashToUInt64(Crc64ParameterSet.Nvme, chunk), Token);
        }

        await writer.CompleteAsync(Token);
        await CommitAsync(key, writer.Id.Value.ToByteArray(bigEndian: true), []);
        return writer.Id;
    }

    public async Task DeleteAsync(string key)
    {
        var head = await HeadAsync(key);
        await CommitAsync(key, head, [], null, [RowAddress.Head]);
    }

    /// <summary>Whether the object is there, its bytes compared.</summary>
    /// <exception cref="CorruptDataException">It is there and cannot be served.</exception>
    public async Task<bool> ReadAsync(string key)
    {
        var rows = await store.Index.ReadAsync(bucket, new KeyRead(ObjectKey.Parse(key), WithBody: true), Token);
        if (rows?.AnyHead is not { } head)
        {
            return false;
        }

        if (head.Record.Length == 0)
        {
            Assert.Equal(Expected(key, 0, InlineLength), head.Body.ToArray());
            return true;
        }

        var blob = new BlobId(new Guid(head.Record.Span, bigEndian: true));
        for (var number = 0; number < Chunks; number++)
        {
            using var buffer = await store.Blobs.RentChunkAsync(ChunkSize, Token);
            var length = await store.Blobs.ReadAsync(blob, ChunkSize, number, buffer, Token);
            Assert.Equal(Expected(key, number, number == Chunks - 1 ? LastChunk : ChunkSize), buffer.Memory[..length].ToArray());
        }

        return true;
    }

    /// <summary>The blobs that heads refer to.</summary>
    public async Task<HashSet<BlobId>> ReferencedAsync()
    {
        using var page = await store.Index.ScanAsync(new ScanRange(bucket, IndexSection.Head, default, default, null, 1_000_000), Token);
        return page is null ? [] : [.. page.Rows.Where(row => row.Record.Length > 0).Select(row => new BlobId(new Guid(row.Record.Span, bigEndian: true)))];
    }

    public async Task<List<Suspect>> SuspectsAsync()
    {
        var suspects = new List<Suspect>();
        await foreach (var suspect in store.Blobs.SuspectsAsync(DateTimeOffset.MaxValue, Token))
        {
            suspects.Add(suspect);
        }

        return suspects;
    }

    private static int Fnv(string text) => text.Aggregate(unchecked((int)2166136261), (hash, letter) => unchecked((hash ^ letter) * 16777619));

    private async Task<IndexRow?> HeadAsync(string key) =>
        (await store.Index.ReadAsync(bucket, new KeyRead(ObjectKey.Parse(key)), Token))!.AnyHead;

    private async Task CommitAsync(string key, byte[] record, byte[] body) =>
        await CommitAsync(key, await HeadAsync(key), [new RowWrite(RowAddress.Head, Guid.NewGuid(), record, body)], null, []);

    private async Task CommitAsync(string key, IndexRow? head, RowWrite[] writes, UploadId? ends, RowAddress[] deletes)
    {
        var result = await store.Index.CommitAsync(
            new IndexCommit
            {
                Bucket = bucket,
                Key = ObjectKey.Parse(key),
                Epoch = 1,
                Started = DateTimeOffset.UtcNow,
                Conditions = [new(RowAddress.Head, head?.Ver), new(RowAddress.HiddenHead, null)],
                Writes = writes,
                Deletes = deletes,
                Releases = head is { Record.Length: > 0 } ? [new BlobId(new Guid(head.Record.Span, bigEndian: true))] : [],
                EndsUpload = ends,
            },
            Token);
        if (result.Outcome == CommitOutcome.Unknown)
        {
            throw new StoreUnavailableException("Unknown.");
        }

        Assert.Equal(CommitOutcome.Applied, result.Outcome);
    }
}
