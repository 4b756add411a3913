using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Simulation;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Support;
using static S3Cassandra.Storage.Cassandra.Tests.Index.ScriptedNetwork;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>Commits whose batches are lost, late or refused, on tables in memory.</summary>
public sealed class CommitTests : IAsyncDisposable
{
    private readonly SimulatedWorld _world = new();
    private readonly ScriptedNetwork _network = new();
    private readonly MemorySuspects _suspects = new(TimeProvider.System);
    private readonly ShardingQueue _background = new(100);
    private readonly IncarnationId _me = IncarnationId.New();
    private readonly BucketId _bucket = BucketId.New();
    private readonly SimulatedTables _tables;
    private CassandraIndex? _index;

    public CommitTests() => _tables = new SimulatedTables(_world, _network);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CassandraIndex Index => _index!;

    [Fact]
    public async Task A_batch_that_applied_without_an_answer_is_found_out()
    {
        await OpenAsync();
        _network.Then(Fate.Unanswered);
        Assert.Equal(CommitOutcome.Applied, await PutAsync("a"));
        Assert.Equal(1, await DoneAsync());
        Assert.NotNull((await ReadAsync("a")).AnyHead);
    }

    [Fact]
    public async Task A_batch_that_never_arrived_goes_again_under_another_number()
    {
        await OpenAsync();
        _network.Then(Fate.Lost);
        Assert.Equal(CommitOutcome.Applied, await PutAsync("a"));
        Assert.Equal(2, await DoneAsync());
    }

    [Fact]
    public async Task A_late_batch_is_refused_once_it_was_settled()
    {
        await OpenAsync();
        _network.Then(Fate.Late);
        Assert.Equal(CommitOutcome.Applied, await PutAsync("a"));
        var head = (await ReadAsync("a")).AnyHead!.Ver;
        Assert.Equal(CommitOutcome.Applied, await RemoveAsync("a", head));
        _network.Deliver();
        Assert.Null((await ReadAsync("a")).AnyHead);
        Assert.Equal(3, await DoneAsync());
    }

    [Fact]
    public async Task A_settlement_is_repeated_until_it_is_certain_and_its_late_tries_do_nothing()
    {
        await OpenAsync();
        _network.Then(Fate.Unanswered, Fate.Lost, Fate.Late, Fate.Lost);
        Assert.Equal(CommitOutcome.Applied, await PutAsync("a"));
        Assert.Equal(CommitOutcome.Applied, await PutAsync("b"));
        _network.Deliver();
        Assert.Equal(2, await DoneAsync());
        _network.Then(Fate.Lost, Fate.Unanswered);
        Assert.Equal(CommitOutcome.Applied, await PutAsync("c"));
        Assert.Equal(4, await DoneAsync());
    }

    [Fact]
    public async Task A_caller_is_answered_in_time_and_nobody_commits_there_before_the_settlement()
    {
        var time = new ManualTime();
        await OpenAsync(TimeSpan.FromDays(1), time: time);
        _network.IsCut = true;
        Assert.Equal(CommitOutcome.Unknown, await TurnAsync(time, TimeSpan.FromHours(1), PutAsync("a")));
        Assert.Equal(CommitOutcome.Unknown, await TurnAsync(time, TimeSpan.FromHours(1), PutAsync("b")));
        _network.IsCut = false;

        // The settlement's next try is a second away, the end of this one's time a day.
        Assert.Equal(CommitOutcome.Applied, await TurnAsync(time, TimeSpan.FromSeconds(1), PutAsync("c")));

        // Batch 1 is forbidden and its caller is gone; the one that only waited was dropped.
        Assert.Null((await ReadAsync("a")).AnyHead);
        Assert.Null((await ReadAsync("b")).AnyHead);
        Assert.Equal(2, await DoneAsync());
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_its_commit_to_its_end()
    {
        await OpenAsync();
        using var source = new CancellationTokenSource();
        var commit = Index.CommitAsync(Put("a"), source.Token).AsTask();
        await source.CancelAsync();
        try
        {
            await commit;
        }
        catch (OperationCanceledException)
        {
        }

        Assert.Equal(CommitOutcome.Applied, await PutAsync("b"));
        Assert.NotNull((await ReadAsync("a")).AnyHead);
    }

    [Fact]
    public async Task The_end_of_a_server_waits_for_settlements()
    {
        await OpenAsync(TimeSpan.FromMilliseconds(50));
        _network.IsCut = true;
        Assert.Equal(CommitOutcome.Unknown, await PutAsync("a"));
        var end = Index.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PutAsync("b"));
        _network.IsCut = false;
        await end;
        Assert.Equal(-1, await DoneAsync());
        _index = null;
    }

    [Fact]
    public async Task Of_many_that_wait_on_one_key_one_round_refuses_all_others()
    {
        await OpenAsync();
        await PutAsync("a");
        var head = (await ReadAsync("a")).AnyHead!.Ver;
        var before = _network.Conditional;
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Index.CommitAsync(Put("a", head), Token).AsTask()));
        Assert.Single(results, result => result.Outcome == CommitOutcome.Applied);
        var now = (await ReadAsync("a")).AnyHead!.Ver;
        Assert.All(results.Where(result => result.Outcome != CommitOutcome.Applied), result =>
        {
            Assert.Equal(CommitOutcome.RowsChanged, result.Outcome);
            Assert.Equal(now, result.Current!.AnyHead!.Ver);
        });
        Assert.InRange(_network.Conditional - before, 1, 49);
    }

    [Fact]
    public async Task Many_keys_share_a_batch_and_one_refusal_spares_the_others()
    {
        await OpenAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
            (await Index.CommitAsync(i == 100 ? Put("k100", Guid.NewGuid()) : Put($"k{i}"), Token)).Outcome));
        Assert.Equal(199, outcomes.Count(outcome => outcome == CommitOutcome.Applied));
        Assert.Equal(CommitOutcome.RowsChanged, outcomes[100]);
        Assert.InRange(_network.Conditional, 4, 40);
    }

    [Fact]
    public async Task What_is_released_is_named_before_the_batch_and_no_more_suspected_where_it_was_refused()
    {
        await OpenAsync();
        var commit = Put("a", releases: BlobId.New());
        _network.Then(Fate.Late);
        _network.IsCut = false;
        Assert.Equal(CommitOutcome.Applied, (await Index.CommitAsync(commit, Token)).Outcome);
        Assert.Equal(1, await SuspectsAsync());
        Assert.Equal(CommitOutcome.RowsChanged, (await Index.CommitAsync(Put("a", releases: BlobId.New()), Token)).Outcome);
        Assert.Equal(1, await SuspectsAsync());
    }

    [Fact]
    public async Task A_commit_waits_at_a_frozen_shard_and_follows_the_map()
    {
        await OpenAsync();
        Assert.Equal(CommitOutcome.Applied, await PutAsync("a"));
        var (old, attempt) = (await ShardAsync(), AttemptId.New());
        var claim = new MapEntry(default, old, attempt, DateTimeOffset.MaxValue);
        await _tables.ChangeMapAsync(_bucket, new MapChange { IfState = BucketState.Live, Put = [claim] }, Token);
        await _tables.ChangeStaticsAsync(_bucket, old, ShardSteps.Freeze(attempt), Token);
        Assert.NotNull((await ReadAsync("a")).AnyHead);

        var waiting = PutAsync("b");
        var child = ShardId.New();
        var rows = await _tables.ReadSliceAsync(_bucket, old, new ShardSlice(IndexSection.Head, default, default, null, 10, WithBody: true), Token);
        var statics = (await _tables.ReadStaticsAsync(_bucket, old, Token))!;
        await _tables.CopyAsync(
            _bucket, child, statics with { State = ShardState.Born, Done = new Dictionary<IncarnationId, long>() }, rows.Rows, Token);
        Assert.False(waiting.IsCompleted);
        var decision = new MapChange
        {
            IfState = BucketState.Live,
            IfEntries = [new EntryCondition(default, old, attempt)],
            Put = [new MapEntry(default, child, null, null)],
        };
        Assert.Equal(TableOutcome.Applied, await _tables.ChangeMapAsync(_bucket, decision, Token));
        Assert.Equal(CommitOutcome.Applied, await waiting);
        Assert.Equal(child, await ShardAsync());
        Assert.NotNull((await ReadAsync("a")).AnyHead);
        Assert.NotNull((await ReadAsync("b")).AnyHead);
        using var page = await Index.ScanAsync(new ScanRange(_bucket, IndexSection.Head, default, default, null, 10), Token);
        Assert.Equal(["a", "b"], page!.Rows.Select(row => Encoding.UTF8.GetString(row.Key.Span)));
    }

    [Fact]
    public async Task A_bucket_that_was_deleted_meanwhile_is_gone_for_everybody()
    {
        await OpenAsync();
        Assert.Equal(CommitOutcome.Applied, await PutAsync("a"));
        var attempt = AttemptId.New();
        await _tables.ChangeStaticsAsync(_bucket, await ShardAsync(), ShardSteps.Freeze(attempt), Token);
        await _tables.ChangeMapAsync(_bucket, new MapChange { IfState = BucketState.Live, State = BucketState.Deleted }, Token);
        Assert.Equal(CommitOutcome.BucketGone, await PutAsync("b"));
        Assert.Null(await Index.ReadAsync(_bucket, new KeyRead(ObjectKey.Parse("a")), Token));
        Assert.Null(await Index.ScanAsync(new ScanRange(_bucket, IndexSection.Head, default, default, null, 10), Token));
        Assert.Null(await Index.GetConfigurationAsync(_bucket, Token));
    }

    [Fact]
    public async Task A_shard_that_grew_is_suggested_to_be_split()
    {
        await OpenAsync(limits: new ShardingOptions { SplitRows = 20 });
        for (var i = 0; i < 20; i++)
        {
            await PutAsync($"k{i}");
        }

        Assert.Equal(0, _background.Waiting);
        await PutAsync("one more");
        Assert.Equal(1, _background.Waiting);
        Assert.Equal(21, (await _tables.ReadStaticsAsync(_bucket, await ShardAsync(), Token))!.Total.Rows);
    }

    public ValueTask DisposeAsync() => _index?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Turns the clock until something has ended.</summary>
    private static async Task<CommitOutcome> TurnAsync(ManualTime time, TimeSpan step, Task<CommitOutcome> commit)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!commit.IsCompleted)
        {
            time.Advance(step);
            await pace.WaitForNextTickAsync(Token);
        }

        return await commit;
    }

    private async Task OpenAsync(TimeSpan? deadline = null, ShardingOptions? limits = null, TimeProvider? time = null)
    {
        _index = new CassandraIndex(
            _tables,
            _suspects,
            new MemoryParts(),
            _background,
            (_, _) => throw new NotSupportedException(),
            new IndexOptions { Server = _me, Deadline = deadline ?? TimeSpan.FromSeconds(60) },
            limits ?? new ShardingOptions(),
            time ?? TimeProvider.System,
            NullLogger.Instance);
        await Index.CreateBucketAsync(_bucket, new byte[] { 1 }, Token);
    }

    private static RowCondition[] Heads(Guid? head) => [new(RowAddress.Head, head), new(RowAddress.HiddenHead, null)];

    private IndexCommit Put(string key, Guid? head = null, BlobId? releases = null) => new()
    {
        Bucket = _bucket,
        Key = ObjectKey.Parse(key),
        Epoch = 1,
        Started = DateTimeOffset.UtcNow,
        Conditions = Heads(head),
        Writes = [new RowWrite(RowAddress.Head, Guid.NewGuid(), Encoding.UTF8.GetBytes(key), default)],
        Releases = releases is { } blob ? [blob] : [],
    };

    private async Task<CommitOutcome> PutAsync(string key) => (await Index.CommitAsync(Put(key), Token)).Outcome;

    private async Task<CommitOutcome> RemoveAsync(string key, Guid head)
    {
        var commit = new IndexCommit
        {
            Bucket = _bucket,
            Key = ObjectKey.Parse(key),
            Epoch = 1,
            Started = DateTimeOffset.UtcNow,
            Conditions = Heads(head),
            Deletes = [RowAddress.Head],
        };
        return (await Index.CommitAsync(commit, Token)).Outcome;
    }

    private async Task<KeyRows> ReadAsync(string key) => (await Index.ReadAsync(_bucket, new KeyRead(ObjectKey.Parse(key)), Token))!;

    private async Task<ShardId> ShardAsync() => (await _tables.ReadMapAsync(_bucket, Token))!.Entries[0].Shard;

    private async Task<long> DoneAsync() => (await _tables.ReadStaticsAsync(_bucket, await ShardAsync(), Token))!.Done[_me];

    private async Task<int> SuspectsAsync() =>
        await _suspects.ReadAsync(SuspectSlots.Bodies, DateTimeOffset.MaxValue, Token).CountAsync(Token);
}
