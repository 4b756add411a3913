using S3Cassandra.Storage.Contract.Faults;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Tests.Uploads;

/// <summary>Complete, Abort and UploadPart against each other, and outcomes that nobody knows.</summary>
public class UploadRaceTests
{
    [Fact]
    public async Task Of_completes_and_aborts_at_once_one_decides()
    {
        for (var round = 0; round < 50; round++)
        {
            await using var world = await UploadWorld.CreateAsync();
            var id = await world.InitiateAsync();
            var body = UploadWorld.Bytes(100, round);
            var part = await world.PutPartAsync(id, 1, body);
            var other = await world.PutPartAsync(id, 2, UploadWorld.Bytes(70));
            CompletedPart[][] lists = [[part], [part, other], [part], [part, other]];
            var completes = lists.Select(list => Task.Run(() => world.CompleteAsync(id, list).AsTask())).ToArray();
            var aborts = Enumerable.Range(0, 2).Select(_ => Task.Run(() => world.AbortAsync(id).AsTask())).ToArray();
            var parts = Enumerable.Range(0, 2).Select(i => Task.Run(() => world.TryPutPartAsync(id, 3, UploadWorld.Bytes(80, i)))).ToArray();
            var completed = await Task.WhenAll(completes);
            var aborted = await Task.WhenAll(aborts);
            await Task.WhenAll(parts);

            var etags = completed.Where(outcome => outcome.Status == CompleteStatus.Done).Select(outcome => outcome.Object!.ETag).Distinct().ToList();
            Assert.True(etags.Count + aborted.Count(status => status == UploadStatus.Done) == 1, "Exactly one of them decides.");
            await world.SweepAsync();
            var read = await world.ReadAsync();
            Assert.Equal(etags.Count == 1, read is not null);
            Assert.Equal(etags.Count == 0 ? 0 : etags[0].EndsWith("-2", StringComparison.Ordinal) ? 2 : 1, await world.CountBlobsAsync());
            Assert.Empty((await world.FsckAsync()).Findings);
        }
    }

    [Theory]
    [InlineData(Fault.UnknownApplied)]
    [InlineData(Fault.UnknownNotApplied)]
    [InlineData(Fault.UnknownAppliedLater)]
    public async Task A_complete_of_unknown_outcome_can_be_sent_again(Fault fault)
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        var parts = new List<CompletedPart>();
        for (var number = 1; number <= 6; number++)
        {
            parts.Add(await world.PutPartAsync(id, number, UploadWorld.Bytes(100, number)));
        }

        world.Faults.On("Index.CommitAsync", fault);
        Assert.Equal(CompleteStatus.Unknown, (await world.CompleteAsync(id, [.. parts])).Status);
        if (fault == Fault.UnknownAppliedLater)
        {
            // It may still arrive: nothing that it refers to may go meanwhile.
            world.Time.Advance(TimeSpan.FromMinutes(4));
            await world.Sweeper.SweepAsync(TestContext.Current.CancellationToken);
            await world.Faults.RunLateAsync();
        }

        Assert.Equal(CompleteStatus.Done, (await world.CompleteAsync(id, [.. parts])).Status);
        await world.SweepAsync();
        Assert.Equal(600, (await world.ReadAsync())!.Length);
        Assert.Equal(7, await world.CountBlobsAsync());
        Assert.Empty((await world.FsckAsync()).Findings);
    }

    [Fact]
    public async Task A_complete_that_arrives_after_the_sweeper_fenced_it_off_has_no_effect()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        var parts = new List<CompletedPart>();
        for (var number = 1; number <= 6; number++)
        {
            parts.Add(await world.PutPartAsync(id, number, UploadWorld.Bytes(100, number)));
        }

        world.Faults.On("Index.CommitAsync", Fault.UnknownAppliedLater);
        await world.CompleteAsync(id, [.. parts]);
        await world.SweepAsync();
        await world.Faults.RunLateAsync();

        Assert.Null(await world.ReadAsync());
        Assert.Equal(6, await world.CountBlobsAsync());
        Assert.Equal(CompleteStatus.Done, (await world.CompleteAsync(id, [.. parts])).Status);
        Assert.Equal(600, (await world.ReadAsync())!.Length);
    }

    [Fact]
    public async Task A_part_whose_row_is_in_doubt_is_kept_until_the_sweeper_knows()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        world.Faults.On("Index.AddPartAsync", Fault.UnavailableApplied, Fault.Unavailable);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => world.TryPutPartAsync(id, 1, UploadWorld.Bytes(100, 1)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => world.TryPutPartAsync(id, 1, UploadWorld.Bytes(100, 2)));
        Assert.Equal(2, await world.CountBlobsAsync());
        await world.SweepAsync();
        Assert.Equal(1, await world.CountBlobsAsync());
        var part = Assert.Single(await world.LatestPartsAsync(id));
        Assert.Equal(CompleteStatus.Done, (await world.CompleteAsync(id, new CompletedPart(1, part.Record.ETag, []))).Status);
        Assert.Equal(UploadWorld.Bytes(100, 1), await world.ReadAsync());
    }

    [Fact]
    public async Task An_abort_frees_the_parts_at_once()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        await world.PutPartAsync(id, 1, UploadWorld.Bytes(100));
        Assert.Equal(UploadStatus.NoSuchUpload, await world.AbortAsync(id, ObjectKey.Parse("another/key")));
        Assert.Equal(1, await world.CountBlobsAsync());
        Assert.Equal(UploadStatus.Done, await world.AbortAsync(id));
        Assert.Equal(0, await world.CountBlobsAsync());
        Assert.Equal(UploadStatus.NoSuchUpload, await world.AbortAsync(id));
        Assert.Equal(UploadStatus.NoSuchUpload, (await world.TryPutPartAsync(id, 1, UploadWorld.Bytes(100))).Status);
        await world.SweepAsync();
        Assert.Equal(0, await world.CountSuspectsAsync());
    }
}
