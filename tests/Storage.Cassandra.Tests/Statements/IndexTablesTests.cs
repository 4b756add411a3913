using System.Text;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Statements;

/// <summary>What a real node makes of the index's statements: every condition refuses when it should, and nothing else does.</summary>
public sealed class IndexTablesTests(CassandraKeyspace keyspace) : IClassFixture<CassandraKeyspace>
{
    private readonly CqlIndexTables _tables = new(keyspace.Session, new StatementOptions { Timeout = TimeSpan.FromSeconds(30) });
    private readonly BucketId _bucket = BucketId.New();
    private readonly ShardId _shard = ShardId.New();
    private readonly IncarnationId _me = IncarnationId.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shard_that_does_not_exist_reads_as_nothing_and_takes_nothing()
    {
        Assert.Null(await _tables.ReadStaticsAsync(_bucket, _shard, Token));
        using var rows = await ReadAsync("a");
        Assert.Null(rows.Statics);
        using var slice = await SliceAsync(10);
        Assert.Null(slice.Statics);
        var result = await _tables.CommitAsync(_bucket, _shard, Batch(null, 1, Put("a", null, Guid.NewGuid())), Token);
        Assert.Equal(TableOutcome.NotApplied, result.Outcome);
        Assert.Null(result.Statics);
        var change = new StaticsChange { IfState = [ShardState.Born], State = ShardState.Active };
        Assert.Equal(TableOutcome.NotApplied, (await _tables.ChangeStaticsAsync(_bucket, _shard, change, Token)).Outcome);
    }

    [Fact]
    public async Task A_copied_shard_has_its_statics_and_rows_even_where_no_row_matches()
    {
        var tallies = new Dictionary<IncarnationId, Tally> { [default] = new(1, 2, 3) };
        var attempt = AttemptId.New();
        var statics = Fresh() with { Lo = Bytes("b"), Hi = Bytes("y"), Epoch = 4, MinUpload = 77, Attempt = attempt, Tallies = tallies };
        var row = new IndexRow(RowAddress.Head, Guid.NewGuid(), Bytes("record"), Bytes("body"));
        await _tables.CopyAsync(_bucket, _shard, statics, [new ShardRow(Bytes("k"), row)], Token);

        var read = (await _tables.ReadStaticsAsync(_bucket, _shard, Token))!;
        Assert.Equal(("b", "y", ShardState.Born, 4, 77L), (Text(read.Lo), Text(read.Hi!.Value), read.State, read.Epoch, read.MinUpload));
        Assert.Equal(attempt, read.Attempt);
        Assert.Empty(read.Done);
        Assert.Equal(new Tally(1, 2, 3), read.Total);

        using var rows = await ReadAsync("k", withBody: true);
        Assert.Equal((ShardState.Born, 4, attempt), (rows.Statics!.State, rows.Statics.Epoch, rows.Statics.Attempt));
        var found = Assert.Single(rows.Rows).Row;
        Assert.Equal((row.Ver, "record", "body"), (found.Ver, Text(found.Record), Text(found.Body)));
        using var none = await ReadAsync("nothing");
        Assert.Equal(ShardState.Born, none.Statics!.State);
        Assert.Empty(none.Rows);

        using var slice = await SliceAsync(10);
        Assert.Equal(("y", 4), (Text(slice.Statics!.Hi!.Value), slice.Statics.Epoch));
        Assert.Equal(("k", 0), (Text(Assert.Single(slice.Rows).Key), slice.Rows[0].Row.Body.Length));
        using var empty = await SliceAsync(10, "l");
        Assert.Equal(("y", 4), (Text(empty.Statics!.Hi!.Value), empty.Statics.Epoch));
        Assert.Empty(empty.Rows);
    }

    [Fact]
    public async Task A_batch_applies_whole_under_its_fence_and_its_tally_adds_up()
    {
        await ActiveAsync();
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
        var batch = Batch(null, 1, Put("a", null, a), Put("b", null, b)) with { Tally = new Tally(2, 300, 0) };
        Assert.Equal(TableOutcome.Applied, (await _tables.CommitAsync(_bucket, _shard, batch, Token)).Outcome);
        var statics = (await _tables.ReadStaticsAsync(_bucket, _shard, Token))!;
        Assert.Equal(1, statics.Done[_me]);
        Assert.Equal(new Tally(2, 300, 0), statics.Total);
        using var slice = await SliceAsync(10);
        Assert.Equal([("a", a), ("b", b)], slice.Rows.Select(row => (Text(row.Key), row.Row.Ver)));
    }

    /// <summary>Decision 0005: with a map of uuid keys every wrong number but null would be taken for right.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1L)]
    [InlineData(4L)]
    [InlineData(6L)]
    [InlineData(-5L)]
    public async Task A_batch_with_a_wrong_done_number_is_refused(long? previous)
    {
        await ActiveAsync();
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(null, 5, Put("a", null, Guid.NewGuid()))));
        var result = await _tables.CommitAsync(_bucket, _shard, Batch(previous, 7, Put("b", null, Guid.NewGuid())), Token);
        Assert.Equal(TableOutcome.NotApplied, result.Outcome);
        using var rows = await ReadAsync("b");
        Assert.Empty(rows.Rows);
        Assert.Equal(5, (await _tables.ReadStaticsAsync(_bucket, _shard, Token))!.Done[_me]);
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(5, 7, Put("b", null, Guid.NewGuid()))));
    }

    [Fact]
    public async Task Another_servers_entry_is_not_ones_own()
    {
        await ActiveAsync();
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(null, 5, Put("a", null, Guid.NewGuid()))));
        var other = Batch(null, 5, Put("b", null, Guid.NewGuid())) with { Server = IncarnationId.New() };
        Assert.Equal(TableOutcome.Applied, await CommitAsync(other with { Previous = null }));
        Assert.Equal(TableOutcome.NotApplied, await CommitAsync(other with { Previous = null, Commits = [Put("c", null, Guid.NewGuid())] }));
    }

    [Theory]
    [InlineData((int)ShardState.Born)]
    [InlineData((int)ShardState.Frozen)]
    public async Task A_batch_on_a_shard_that_is_not_active_is_refused(int state)
    {
        await _tables.CopyAsync(_bucket, _shard, Fresh() with { State = (ShardState)state }, [], Token);
        Assert.Equal(TableOutcome.NotApplied, await CommitAsync(Batch(null, 1, Put("a", null, Guid.NewGuid()))));
    }

    [Fact]
    public async Task A_batch_of_another_epoch_or_from_before_the_fence_is_refused()
    {
        await ActiveAsync(Fresh() with { Epoch = 2, MinUpload = 100 });
        var batch = Batch(null, 1, Put("a", null, Guid.NewGuid())) with { Epoch = 2, Started = 100 };
        foreach (var wrong in (ShardBatch[])[batch with { Epoch = 1 }, batch with { Epoch = 3 }, batch with { Started = 99 }])
        {
            Assert.Equal(TableOutcome.NotApplied, await CommitAsync(wrong));
        }

        Assert.Equal(TableOutcome.Applied, await CommitAsync(batch));
    }

    [Fact]
    public async Task A_refusal_for_a_row_shows_the_fence_and_every_conditioned_row_that_exists()
    {
        await ActiveAsync();
        var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(null, 1, Put("a", null, a), Put("b", null, b))));
        var result = await _tables.CommitAsync(
            _bucket, _shard, Batch(1, 2, Put("a", Guid.NewGuid(), Guid.NewGuid()), Put("b", b, Guid.NewGuid()), Put("c", null, Guid.NewGuid())), Token);
        Assert.Equal(TableOutcome.NotApplied, result.Outcome);
        Assert.Equal([("a", a), ("b", b)], result.Rows!.Select(row => (Text(row.Key), row.Row.Ver)));
        var statics = result.Statics!;
        Assert.Equal((ShardState.Active, 1, 1L, 0L), (statics.State, statics.Epoch, statics.Done[_me], statics.MinUpload));
        using var rows = await ReadAsync("c");
        Assert.Empty(rows.Rows);
    }

    [Fact]
    public async Task A_refusal_where_no_conditioned_row_exists_shows_the_statics()
    {
        await ActiveAsync();
        var result = await _tables.CommitAsync(_bucket, _shard, Batch(9, 10, Put("a", null, Guid.NewGuid())), Token);
        Assert.Equal(TableOutcome.NotApplied, result.Outcome);
        Assert.Empty(result.Rows!);
        Assert.Equal((ShardState.Active, 1), (result.Statics!.State, result.Statics.Epoch));
    }

    [Theory]
    [InlineData(IndexSection.Head)]
    [InlineData(IndexSection.HiddenHead)]
    public async Task A_condition_on_a_row_that_is_not_written_is_asked_and_writes_nothing(IndexSection section)
    {
        await ActiveAsync();
        var ver = Guid.NewGuid();
        var at = new RowAddress(section, default);
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(null, 1, Change("a", [], [Write(at, ver)]))));
        var version = new RowAddress(IndexSection.Version, Bytes("v"));
        foreach (var wrong in (Guid?[])[null, Guid.NewGuid()])
        {
            Assert.Equal(TableOutcome.NotApplied, await CommitAsync(Batch(1, 2, Change("a", [new(at, wrong)], [Write(version, ver)]))));
        }

        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(1, 2, Change("a", [new(at, ver)], [Write(version, ver)]))));
        using var rows = await ReadAsync("a");
        Assert.Equal((at, ver, "record"), (rows.Rows[0].Row.Address, rows.Rows[0].Row.Ver, Text(rows.Rows[0].Row.Record)));
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(2, 3, Change("b", [new(at, null)], []))));
        using var none = await ReadAsync("b");
        Assert.Empty(none.Rows);
    }

    [Fact]
    public async Task Deletes_ask_their_condition_and_overwriting_takes_the_body_away()
    {
        await ActiveAsync();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(null, 1, Change("a", [new(RowAddress.Head, null)], [Write(RowAddress.Head, first, "body")]))));
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(1, 2, Put("a", first, second))));
        using (var rows = await ReadAsync("a", withBody: true))
        {
            Assert.Equal(0, Assert.Single(rows.Rows).Row.Body.Length);
        }

        Assert.Equal(TableOutcome.NotApplied, await CommitAsync(Batch(2, 3, Change("a", [new(RowAddress.Head, first)], [], [RowAddress.Head]))));
        Assert.Equal(TableOutcome.NotApplied, await CommitAsync(Batch(2, 3, Change("a", [new(RowAddress.Head, null)], [], [RowAddress.Head]))));
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(2, 3, Change("a", [new(RowAddress.Head, second)], [], [RowAddress.Head]))));
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(3, 4, Change("a", [], [Write(RowAddress.Head, first)]))));
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(4, 5, Change("a", [], [], [RowAddress.Head]))));
        using var none = await ReadAsync("a");
        Assert.Empty(none.Rows);
    }

    [Fact]
    public async Task Copies_lose_to_conditional_writes_to_deletes_and_to_the_end_of_a_shard()
    {
        await ActiveAsync();
        var (written, late) = (Guid.NewGuid(), new IndexRow(RowAddress.Head, Guid.NewGuid(), Bytes("late"), Bytes("late")));
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(null, 1, Put("a", null, written), Put("b", null, written))));
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(1, 2, Change("b", [new(RowAddress.Head, written)], [], [RowAddress.Head]))));
        await _tables.CopyAsync(_bucket, _shard, Fresh(), [new ShardRow(Bytes("a"), late), new ShardRow(Bytes("b"), late)], Token);
        Assert.Equal(ShardState.Active, (await _tables.ReadStaticsAsync(_bucket, _shard, Token))!.State);
        using (var a = await ReadAsync("a"))
        {
            Assert.Equal(written, Assert.Single(a.Rows).Row.Ver);
        }

        using (var b = await ReadAsync("b"))
        {
            Assert.Empty(b.Rows);
        }

        await _tables.DeleteShardAsync(_bucket, _shard, Token);
        await _tables.CopyAsync(_bucket, _shard, Fresh(), [new ShardRow(Bytes("a"), late)], Token);
        Assert.Null(await _tables.ReadStaticsAsync(_bucket, _shard, Token));
        using var gone = await ReadAsync("a");
        Assert.Null(gone.Statics);
        Assert.Equal(TableOutcome.NotApplied, await CommitAsync(Batch(2, 3, Put("a", null, written))));
    }

    [Fact]
    public async Task Corrections_outdo_copies_that_come_later_and_lose_to_conditional_writes()
    {
        await ActiveAsync();
        var (first, second, third) = (Row("first"), Row(""), Row("third"));
        await _tables.CopyAsync(_bucket, _shard, null, [new ShardRow(Bytes("a"), first), new ShardRow(Bytes("b"), first)], Token);
        var gone = new CopiedRow(0, RowAddress.Head, Bytes("b"), first.Ver, 0);
        await _tables.CorrectAsync(_bucket, _shard, 2, [new ShardRow(Bytes("a"), second)], [gone], Token);
        await _tables.CopyAsync(_bucket, _shard, null, [new ShardRow(Bytes("a"), first), new ShardRow(Bytes("b"), first)], Token);
        using (var a = await ReadAsync("a", withBody: true))
        {
            var row = Assert.Single(a.Rows).Row;
            Assert.Equal((second.Ver, 0), (row.Ver, row.Body.Length));
        }

        using (var b = await ReadAsync("b"))
        {
            Assert.Empty(b.Rows);
        }

        var written = Guid.NewGuid();
        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(null, 1, Put("a", second.Ver, written), Put("b", null, written))));
        await _tables.CorrectAsync(_bucket, _shard, 3, [new ShardRow(Bytes("a"), third)], [gone], Token);
        foreach (var key in (string[])["a", "b"])
        {
            using var found = await ReadAsync(key);
            Assert.Equal(written, Assert.Single(found.Rows).Row.Ver);
        }

        static IndexRow Row(string body) => new(RowAddress.Head, Guid.NewGuid(), Bytes("record"), Bytes(body));
    }

    [Fact]
    public async Task Records_alone_come_with_the_statics_of_their_shard()
    {
        var slice = new ShardSlice(IndexSection.Head, Bytes("a"), default, Bytes("c"), 1000, RecordsOnly: true);
        using (var none = await _tables.ReadSliceAsync(_bucket, _shard, slice, Token))
        {
            Assert.Null(none.Statics);
        }

        await ActiveAsync();
        using (var empty = await _tables.ReadSliceAsync(_bucket, _shard, slice, Token))
        {
            Assert.Equal((ShardState.Active, 0), (empty.Statics!.State, empty.Rows.Count));
        }

        Assert.Equal(TableOutcome.Applied, await CommitAsync(Batch(null, 1, Put("a", null, Guid.NewGuid()), Put("b", null, Guid.NewGuid()), Put("c", null, Guid.NewGuid()))));
        using var whole = await _tables.ReadSliceAsync(_bucket, _shard, slice with { RecordsOnly = false }, Token);
        using var records = await _tables.ReadSliceAsync(_bucket, _shard, slice, Token);
        Assert.Equal(["a", "b"], records.Rows.Select(row => Text(row.Key)));
        Assert.Equal(whole.Rows.Select(row => Text(row.Row.Record)), records.Rows.Select(row => Text(row.Row.Record)));
        Assert.Equal((whole.Statics!.Epoch, whole.Statics.Hi?.Length), (records.Statics!.Epoch, records.Statics.Hi?.Length));
    }

    [Fact]
    public async Task A_configuration_is_written_once()
    {
        Assert.Null(await _tables.ReadConfigurationAsync(_bucket, 1, Token));
        Assert.Equal(TableOutcome.Applied, await _tables.AddConfigurationAsync(_bucket, 1, Bytes("first"), Token));
        Assert.Equal(TableOutcome.NotApplied, await _tables.AddConfigurationAsync(_bucket, 1, Bytes("second"), Token));
        Assert.Equal("first", Text((await _tables.ReadConfigurationAsync(_bucket, 1, Token))!.Value));
        Assert.Null(await _tables.ReadConfigurationAsync(_bucket, 2, Token));
    }

    [Fact]
    public async Task A_map_changes_only_as_its_conditions_say()
    {
        var (other, attempt, until) = (ShardId.New(), AttemptId.New(), DateTimeOffset.FromUnixTimeSeconds(1_900_000_000));
        var first = new MapChange { IfAbsent = true, State = BucketState.Live, Epoch = 1, EpochDone = 1, Put = [new MapEntry(default, _shard, null, null)] };
        Assert.Null(await _tables.ReadMapAsync(_bucket, Token));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(new MapChange { IfState = BucketState.Live, Epoch = 2 }));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(first));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(first with { Put = [new MapEntry(default, other, null, null)] }));

        var claim = new MapChange
        {
            IfState = BucketState.Live,
            IfEntries = [new EntryCondition(default, _shard, null)],
            Put = [new MapEntry(default, _shard, attempt, until)],
        };
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(claim with { IfState = BucketState.Deleting }));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(claim with { IfEpoch = 2 }));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(claim with { IfEntries = [new EntryCondition(default, other, null)] }));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(claim with { IfEntries = [new EntryCondition(Bytes("x"), _shard, null)] }));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(claim));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(claim));

        var decision = new MapChange
        {
            IfState = BucketState.Live,
            IfEpoch = 1,
            IfEntries = [new EntryCondition(default, _shard, attempt)],
            Put = [new MapEntry(default, other, null, null), new MapEntry(Bytes("m"), ShardId.New(), null, null)],
        };
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(decision with { IfEntries = [new EntryCondition(default, _shard, AttemptId.New())] }));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(decision));
        var map = (await _tables.ReadMapAsync(_bucket, Token))!;
        Assert.Equal([("", (AttemptId?)null), ("m", null)], map.Entries.Select(entry => (Text(entry.Lo), entry.Attempt)));
        Assert.Equal((other, BucketState.Live, 1, 1), (map.Entries[0].Shard, map.State, map.Epoch, map.EpochDone));

        var merge = new MapChange
        {
            IfEntries = [new EntryCondition(default, other, null, AskAttempt: false), new EntryCondition(Bytes("m"), map.Entries[1].Shard, null)],
            Put = [new MapEntry(default, _shard, attempt, until)],
            Remove = [Bytes("m")],
            Deleter = (attempt, until),
            State = BucketState.Deleting,
        };
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(merge with { IfDeleter = attempt }));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(merge));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(new MapChange { IfDeleter = attempt, IfEpochDone = 1, State = BucketState.Deleted }));
        map = (await _tables.ReadMapAsync(_bucket, Token))!;
        Assert.Equal((_shard, attempt, until), (Assert.Single(map.Entries).Shard, map.Deleter, map.DeleterUntil));
        Assert.Equal((attempt, until, BucketState.Deleted), (map.Entries[0].Attempt, map.Entries[0].Until, map.State));
        Assert.DoesNotContain(_bucket, await _tables.ListBucketsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Statics_change_only_as_their_conditions_say()
    {
        await ActiveAsync(Fresh() with { MinUpload = 50 });
        var attempt = AttemptId.New();
        var fence = new StaticsChange { IfState = [ShardState.Born, ShardState.Active], IfMinUploadBelow = 60, MinUpload = 60 };
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(fence with { IfMinUploadBelow = 50 }));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(fence));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(fence));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(new StaticsChange { IfState = [ShardState.Active], IfEpoch = 2, Epoch = 3 }));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(new StaticsChange { IfState = [ShardState.Active], IfEpoch = 1, Epoch = 2 }));
        var settle = new StaticsChange { IfState = [ShardState.Active, ShardState.Frozen], IfDone = (_me, 4), Done = (_me, -5) };
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(settle));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(settle with { IfDone = (_me, null) }));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(settle with { IfDone = (_me, null) }));
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(settle with { IfDone = (_me, 5) }));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(settle with { IfDone = (_me, -5), Done = (_me, -6) }));
        var freeze = new StaticsChange { IfState = [ShardState.Active], State = ShardState.Frozen, Attempt = attempt };
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(freeze));
        var refused = await _tables.ChangeStaticsAsync(_bucket, _shard, freeze, Token);
        Assert.Equal((ShardState.Frozen, attempt), (refused.Statics!.State, refused.Statics.Attempt));
        var thaw = new StaticsChange { IfState = [ShardState.Frozen], IfAttempt = AttemptId.New(), State = ShardState.Active };
        Assert.Equal(TableOutcome.NotApplied, await ChangeAsync(thaw));
        Assert.Equal(TableOutcome.Applied, await ChangeAsync(thaw with { IfAttempt = attempt }));
        var statics = (await _tables.ReadStaticsAsync(_bucket, _shard, Token))!;
        Assert.Equal((ShardState.Active, attempt, 2, 60L, -6L), (statics.State, statics.Attempt, statics.Epoch, statics.MinUpload, statics.Done[_me]));
    }

    private async Task<TableOutcome> ChangeAsync(MapChange change) => await _tables.ChangeMapAsync(_bucket, change, Token);

    private async Task<TableOutcome> ChangeAsync(StaticsChange change) =>
        (await _tables.ChangeStaticsAsync(_bucket, _shard, change, Token)).Outcome;

    private static ShardStatics Fresh() => new(
        default, null, ShardState.Born, null, 1, 0, new Dictionary<IncarnationId, long>(), new Dictionary<IncarnationId, Tally> { [default] = default });

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static RowWrite Write(RowAddress address, Guid ver, string body = "") => new(address, ver, Bytes("record"), Bytes(body));

    private IndexCommit Put(string key, Guid? head, Guid ver) =>
        Change(key, [new(RowAddress.Head, head), new(RowAddress.HiddenHead, null)], [Write(RowAddress.Head, ver)]);

    private IndexCommit Change(string key, RowCondition[] conditions, RowWrite[] writes, params RowAddress[] deletes) => new()
    {
        Bucket = _bucket,
        Key = ObjectKey.Parse(key),
        Epoch = 1,
        Started = DateTimeOffset.UnixEpoch,
        Conditions = conditions,
        Writes = writes,
        Deletes = deletes,
    };

    private ShardBatch Batch(long? previous, long number, params IndexCommit[] commits) => new(_me, 1, previous, number, 0, default, commits);

    private async Task<TableOutcome> CommitAsync(ShardBatch batch) => (await _tables.CommitAsync(_bucket, _shard, batch, Token)).Outcome;

    private async Task ActiveAsync(ShardStatics? statics = null)
    {
        await _tables.CopyAsync(_bucket, _shard, statics ?? Fresh(), [], Token);
        var change = new StaticsChange { IfState = [ShardState.Born], State = ShardState.Active };
        Assert.Equal(TableOutcome.Applied, (await _tables.ChangeStaticsAsync(_bucket, _shard, change, Token)).Outcome);
    }

    private ValueTask<ShardRows> ReadAsync(string key, bool withBody = false) =>
        _tables.ReadRowsAsync(_bucket, _shard, new ShardRead(Bytes(key), [RowAddress.Head, RowAddress.HiddenHead], withBody), Token);

    private ValueTask<ShardRows> SliceAsync(int limit, string from = "") =>
        _tables.ReadSliceAsync(_bucket, _shard, new ShardSlice(IndexSection.Head, Bytes(from), default, null, limit), Token);
}
