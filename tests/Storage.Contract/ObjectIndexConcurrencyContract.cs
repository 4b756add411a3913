using System.Buffers.Binary;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Contract;

/// <summary>What every <see cref="IObjectIndex"/> keeps when many commit at once.</summary>
public abstract class ObjectIndexConcurrencyContract : StoreContract
{
    [Fact]
    public async Task A_counter_by_compare_and_set_under_64_writers_is_exact()
    {
        const int writers = 64;
        const int increments = 10;
        var bucket = await NewBucketAsync();
        await Index.CommitAsync(Commit(bucket, Key("n"), NoHead, [Counter(0)]), Token);
        var (readers, everyoneHasRead) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var refused = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() => IncrementAsync(bucket, increments, ReadAsync))));

        var head = (await Index.ReadAsync(bucket, new KeyRead(Key("n"), WithBody: true), Token))!.AnyHead!;
        Assert.Equal(writers * increments, BinaryPrimitives.ReadInt32BigEndian(head.Record.Span));
        Assert.Equal(writers * increments, BinaryPrimitives.ReadInt32BigEndian(head.Body.Span));

        // Had nobody ever lost, nothing was shown.
        Assert.NotEqual(0, refused.Sum());

        // All begin with the same head, so that of the first increments all but one lose.
        Task ReadAsync()
        {
            if (Interlocked.Increment(ref readers) == writers)
            {
                everyoneHasRead.SetResult();
            }

            return everyoneHasRead.Task;
        }
    }

    [Fact]
    public async Task Of_many_who_create_the_same_key_one_succeeds()
    {
        var bucket = await NewBucketAsync();
        for (var round = 0; round < 10; round++)
        {
            var key = Key($"k{round}");
            var vers = Enumerable.Range(0, 16).Select(_ => Guid.NewGuid()).ToArray();
            var results = await Task.WhenAll(vers.Select(ver => Task.Run(async () =>
                await Index.CommitAsync(Commit(bucket, key, NoHead, [Write(RowAddress.Head, ver)]), Token))));
            var winner = Array.FindIndex(results, result => result.Outcome == CommitOutcome.Applied);
            Assert.Equal(1, results.Count(result => result.Outcome == CommitOutcome.Applied));
            Assert.All(results.Where(result => result.Outcome != CommitOutcome.Applied), result =>
            {
                Assert.Equal(CommitOutcome.RowsChanged, result.Outcome);
                Assert.Equal(vers[winner], result.Current!.AnyHead!.Ver);
            });
        }
    }

    [Fact]
    public async Task Once_a_configuration_changed_nothing_is_added_under_the_old_one()
    {
        var bucket = await NewBucketAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteEpochsAsync(bucket, writer, stop.Token))).ToArray();
        var counts = new Dictionary<int, int>();
        for (var epoch = 1; epoch <= 10; epoch++)
        {
            Assert.Equal(ConfigurationChange.Applied, await Index.ChangeConfigurationAsync(bucket, epoch, Bytes(epoch), Token));
            counts[epoch] = await CountOfEpochAsync(bucket, epoch);
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        foreach (var (epoch, count) in counts)
        {
            Assert.Equal(count, await CountOfEpochAsync(bucket, epoch));
        }
    }

    [Fact]
    public async Task No_object_is_committed_into_a_removed_bucket()
    {
        for (var round = 0; round < 10; round++)
        {
            var bucket = await NewBucketAsync();
            var puts = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
                (await Index.CommitAsync(Commit(bucket, Key($"k{writer}"), NoHead, [Write(RowAddress.Head, default)]), Token)).Outcome)).ToArray();
            var removal = await Task.Run(async () => await Index.RemoveBucketAsync(bucket, Token));
            var outcomes = await Task.WhenAll(puts);
            Assert.Equal(removal == BucketRemoval.NotEmpty, outcomes.Contains(CommitOutcome.Applied));
            Assert.Equal(removal == BucketRemoval.Removed, await Index.ReadAsync(bucket, new KeyRead(Key("k0")), Token) is null);
        }
    }

    private static RowWrite Counter(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return new RowWrite(RowAddress.Head, Guid.NewGuid(), bytes, bytes);
    }

    /// <summary>Writes keys under whatever epoch it last saw, sometimes an old one.</summary>
    private async Task WriteEpochsAsync(BucketId bucket, int writer, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var epoch = (await Index.GetConfigurationAsync(bucket, Token))!.Epoch;
            await Task.Yield();
            RowWrite[] write = [new(RowAddress.Head, Guid.NewGuid(), Bytes(epoch), default)];
            await Index.CommitAsync(Commit(bucket, Key($"{writer}/{i}"), NoHead, write, epoch: epoch), Token);
        }
    }

    private async Task<int> CountOfEpochAsync(BucketId bucket, int epoch)
    {
        using var page = await Index.ScanAsync(new ScanRange(bucket, IndexSection.Head, default, default, null, 1_000_000), Token);
        return page!.Rows.Count(row => row.Record.Span[0] == epoch);
    }

    private async Task<int> IncrementAsync(BucketId bucket, int times, Func<Task> othersHaveReadAsync)
    {
        var refused = 0;
        var head = (await Index.ReadAsync(bucket, new KeyRead(Key("n")), Token))!.AnyHead!;
        await othersHaveReadAsync();
        for (var done = 0; done < times;)
        {
            var next = Counter(BinaryPrimitives.ReadInt32BigEndian(head.Record.Span) + 1);
            var result = await Index.CommitAsync(Commit(bucket, Key("n"), HeadIs(head.Ver), [next]), Token);
            if (result.Outcome == CommitOutcome.Applied)
            {
                done++;
                head = new IndexRow(RowAddress.Head, next.Ver, next.Record, default);
            }
            else
            {
                Assert.Equal(CommitOutcome.RowsChanged, result.Outcome);
                refused++;
                head = result.Current!.AnyHead!;
            }
        }

        return refused;
    }
}
