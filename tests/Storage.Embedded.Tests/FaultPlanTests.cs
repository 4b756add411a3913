using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>The faults that other tests rely on happen as they are named.</summary>
public sealed class FaultPlanTests : IAsyncDisposable
{
    private readonly BucketId _bucket = BucketId.New();
    private readonly InMemoryStore _inner = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    [Fact]
    public async Task Unknown_is_applied_or_not_or_later_as_scripted()
    {
        var plan = new FaultPlan().On("Index.CommitAsync", Fault.UnknownApplied, Fault.UnknownNotApplied, Fault.UnknownAppliedLater, Fault.None);
        var store = await OpenAsync(plan);
        Assert.Equal(CommitOutcome.Unknown, await PutAsync(store, "applied"));
        Assert.Equal(CommitOutcome.Unknown, await PutAsync(store, "not"));
        Assert.Equal(CommitOutcome.Unknown, await PutAsync(store, "later"));
        Assert.Equal(CommitOutcome.Applied, await PutAsync(store, "fine"));
        Assert.Equal("1001", await ExistAsync("applied", "not", "later", "fine"));
        await plan.RunLateAsync();
        await plan.RunLateAsync();
        Assert.Equal("01", await ExistAsync("not", "later"));
    }

    [Fact]
    public async Task Unavailable_throws_and_may_have_happened_all_the_same()
    {
        var plan = new FaultPlan().On("Index.CommitAsync", Fault.Unavailable, Fault.UnavailableApplied, Fault.Full);
        var store = await OpenAsync(plan);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync(store, "a"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync(store, "b"));
        await Assert.ThrowsAsync<StoreFullException>(() => PutAsync(store, "c"));
        Assert.Equal("010", await ExistAsync("a", "b", "c"));
    }

    [Fact]
    public async Task A_held_call_waits_for_its_release()
    {
        var plan = new FaultPlan().On("Index.CommitAsync", Fault.Hold);
        var store = await OpenAsync(plan);
        var put = PutAsync(store, "a");
        await plan.Held;
        Assert.False(await ExistsAsync("a"));
        plan.Release();
        Assert.Equal(CommitOutcome.Applied, await put);
        Assert.True(await ExistsAsync("a"));
    }

    [Fact]
    public async Task A_seed_gives_the_same_faults_again()
    {
        var outcomes = new List<CommitOutcome[]>();
        for (var run = 0; run < 2; run++)
        {
            var store = await OpenAsync(FaultPlan.Seeded(5, 0.5, Fault.UnknownApplied, Fault.UnknownNotApplied, Fault.UnknownAppliedLater));
            outcomes.Add(await Task.WhenAll(Enumerable.Range(0, 50).Select(i => PutAsync(store, $"{run}/{i}"))));
        }

        Assert.Equal(outcomes[0], outcomes[1]);
        Assert.Contains(CommitOutcome.Unknown, outcomes[0]);
        Assert.Contains(CommitOutcome.Applied, outcomes[0]);
    }

    [Fact]
    public async Task A_flipped_bit_is_noticed_whether_injected_or_stored()
    {
        var plan = new FaultPlan().On("Blobs.ReadAsync", Fault.None, Fault.BitFlip);
        var blobs = new FaultyBlobStore(_inner.Blobs, plan);
        await using var writer = await blobs.CreateAsync(new BlobOwner(_bucket, ObjectKey.Parse("a"), null), Token);
        using var buffer = await blobs.RentChunkAsync(blobs.ChunkSize, Token);
        await writer.WriteAsync(0, buffer, 0, 0, Token);
        await writer.WriteAsync(1, buffer, 100, new System.IO.Hashing.Crc64(System.IO.Hashing.Crc64ParameterSet.Nvme).GetCurrentHashAsUInt64(), Token);
        Assert.Equal(0, await blobs.ReadAsync(writer.Id, blobs.ChunkSize, 0, buffer, Token));
        await Assert.ThrowsAsync<CorruptDataException>(async () => await blobs.ReadAsync(writer.Id, blobs.ChunkSize, 0, buffer, Token));
        Assert.Equal(0, await blobs.ReadAsync(writer.Id, blobs.ChunkSize, 0, buffer, Token));
        await Assert.ThrowsAsync<CorruptDataException>(async () => await blobs.ReadAsync(writer.Id, blobs.ChunkSize, 1, buffer, Token));
        _inner.MemoryBlobs.DropChunk(writer.Id, 0);
        await Assert.ThrowsAsync<CorruptDataException>(async () => await blobs.ReadAsync(writer.Id, blobs.ChunkSize, 0, buffer, Token));
    }

    private async Task<IObjectIndex> OpenAsync(FaultPlan plan)
    {
        await _inner.Index.CreateBucketAsync(_bucket, default, Token);
        return new FaultyIndex(_inner.Index, plan);
    }

    private async Task<CommitOutcome> PutAsync(IObjectIndex index, string key)
    {
        var commit = new IndexCommit
        {
            Bucket = _bucket,
            Key = ObjectKey.Parse(key),
            Epoch = 1,
            Started = DateTimeOffset.UtcNow,
            Conditions = [new(RowAddress.Head, null), new(RowAddress.HiddenHead, null)],
            Writes = [new RowWrite(RowAddress.Head, Guid.NewGuid(), default, default)],
        };
        return (await index.CommitAsync(commit, Token)).Outcome;
    }

    /// <summary>A digit per key: 1 where it is there.</summary>
    private async Task<string> ExistAsync(params string[] keys) =>
        string.Concat((await Task.WhenAll(keys.Select(ExistsAsync))).Select(exists => exists ? '1' : '0'));

    private async Task<bool> ExistsAsync(string key) =>
        (await _inner.Index.ReadAsync(_bucket, new KeyRead(ObjectKey.Parse(key)), Token))!.Rows.Count > 0;
}
