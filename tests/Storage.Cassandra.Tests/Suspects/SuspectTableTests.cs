using S3Cassandra.Cql;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Suspects;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Tests.Suspects;

/// <summary>What is named is found until it is cleared, in whichever hour it was named, and nothing else goes with it.</summary>
public sealed class SuspectTableTests(CassandraKeyspace keyspace) : IAsyncLifetime, IClassFixture<CassandraKeyspace>
{
    private static readonly BlobOwner Owner = new(BucketId.New(), ObjectKey.Parse("k"), null);

    private readonly SteppedClock _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await keyspace.TruncateAsync("suspect", "suspect_hour");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Everything_named_comes_back_as_it_was()
    {
        var table = await OpenAsync();
        var (bucket, upload, attempt, shard) = (BucketId.New(), UploadId.New(_clock.Now), AttemptId.New(), ShardId.New());
        Suspicion[] named =
        [
            Suspicion.Written(BlobId.New(), Owner with { Upload = upload }),
            Suspicion.Released(BlobId.New(), Owner),
            Suspicion.Ended(bucket, ObjectKey.Parse("é"), upload),
        ];
        var namings = await table.NameAsync(named, Token);
        var shards = await table.NameAsync([Suspicion.OfShard(bucket, shard, attempt)], Token);
        Assert.Equal(named, namings.Select(naming => naming.Suspicion));
        Assert.Equal(_clock.Now, namings[0].Since);
        _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(namings, await ReadAsync(table));
        Assert.Equal(shards, await ReadAsync(table, SuspectSlots.Shards));
        Assert.Equal(upload, UploadId.FromBytes(named[2].Id.ToByteArray(bigEndian: true)));
    }

    [Fact]
    public async Task A_clear_forgets_one_naming_and_never_the_next_of_the_same_thing()
    {
        var table = await OpenAsync();
        var released = Suspicion.Released(BlobId.New(), Owner);
        var first = await table.NameAsync([released], Token);
        var second = await table.NameAsync([released], Token);
        await table.ClearAsync(first[0], Token);
        await table.ClearAsync(first[0], Token);
        _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(second, await ReadAsync(table));
        var third = await table.NameAsync([released], Token);
        await table.ClearAsync(second[0], Token);
        _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(third, await ReadAsync(table));
    }

    [Fact]
    public async Task Of_two_marks_the_later_counts_and_none_brings_back_what_was_cleared()
    {
        var table = await OpenAsync();
        var naming = (await table.NameAsync([Suspicion.Released(BlobId.New(), Owner)], Token))[0];
        var later = _clock.Now.AddMinutes(5);
        await table.MarkAsync(naming, later, Token);
        await table.MarkAsync(naming, _clock.Now, Token);
        _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(naming with { UnreferencedSince = later }, Assert.Single(await ReadAsync(table)));
        await table.ClearAsync(naming, Token);
        await table.MarkAsync(naming, later, Token);
        Assert.Empty(await ReadAsync(table));
    }

    [Fact]
    public async Task Thousands_over_days_come_oldest_first_each_once_and_none_of_the_moment_or_after()
    {
        var table = await OpenAsync();
        var named = new List<NamedSuspicion>();
        for (var hour = 0; hour < 60; hour += 7)
        {
            for (var call = 0; call < 10; call++)
            {
                var suspicions = Enumerable.Range(0, 70).Select(_ => Suspicion.Released(BlobId.New(), Owner)).ToArray();
                named.AddRange(await table.NameAsync(suspicions, Token));
                _clock.Pass(TimeSpan.FromMilliseconds(1));
            }

            _clock.Pass(TimeSpan.FromHours(7) - TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(named, await ReadAsync(table));
        var middle = named[3000].Since;
        Assert.Equal(named.TakeWhile(naming => naming.Since < middle), await table.ReadAsync(SuspectSlots.Bodies, middle, Token).ToListAsync(Token));
        var parts = await Task.WhenAll(SuspectSlots.Bodies.Select(slot => ReadAsync(table, [slot])));
        Assert.Equal(named, parts.SelectMany(part => part).OrderBy(naming => naming.Since));
        Assert.All(parts, part => Assert.InRange(part.Count, 1, named.Count / 2));
    }

    [Fact]
    public async Task An_hour_that_is_full_of_cleared_suspects_is_read_all_the_same()
    {
        var table = await OpenAsync();
        var before = (await table.NameAsync([Suspicion.OfShard(Owner.Bucket, ShardId.New(), AttemptId.New())], Token))[0];
        var delete = await keyspace.Session.PrepareAsync("DELETE FROM suspect USING TIMESTAMP 3 WHERE hour = ? AND slot = ? AND stamp = ?", Token);
        var stamps = new TimeUuid(_clock);

        // More than the 100,000 tombstones at which Cassandra breaks off a read.
        for (var batch = 0; batch < 220; batch++)
        {
            _clock.Pass(TimeSpan.FromSeconds(5));
            using var deletes = new BatchStatement(BatchType.Unlogged) { IsIdempotent = true };
            for (var i = 0; i < 500; i++)
            {
                deletes.Add(delete.Bind().Bigint(SuspectHour.Of(before.Since)).Int(SuspectSlots.Shard).Uuid(stamps.New()));
            }

            using var rows = await keyspace.Session.ExecuteAsync(deletes, Token);
        }

        var after = (await table.NameAsync([Suspicion.OfShard(Owner.Bucket, ShardId.New(), AttemptId.New())], Token))[0];
        Assert.Equal(SuspectHour.Of(before.Since), SuspectHour.Of(after.Since));
        _clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal([before, after], await ReadAsync(table, SuspectSlots.Shards));
    }

    [Fact]
    public async Task An_hour_goes_when_it_is_long_past_and_was_seen_empty_twice()
    {
        var table = await OpenAsync();
        var naming = (await table.NameAsync([Suspicion.Released(BlobId.New(), Owner)], Token))[0];
        await table.ClearAsync(naming, Token);
        await ReadAsync(table);
        await PassAndReadAsync(table, TimeSpan.FromHours(24));
        Assert.Equal(1, await HoursAsync());

        await PassAndReadAsync(table, TimeSpan.FromHours(3));
        await PassAndReadAsync(table, HourTouch.Lifetime);
        Assert.Equal(1, await HoursAsync());
        await PassAndReadAsync(table, HourTouch.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Equal(0, await HoursAsync());
    }

    [Fact]
    public async Task An_hour_stays_that_somebody_relied_on_since_it_was_seen_empty()
    {
        // A server whose clock is a day and more behind names into an hour that another one is about to forget.
        var table = await OpenAsync();
        var late = await OpenAsync(TimeSpan.FromHours(-27));
        var naming = (await late.Table.NameAsync([Suspicion.Released(BlobId.New(), Owner)], Token))[0];
        await table.ClearAsync(naming, Token);
        await ReadAsync(table);
        _clock.Pass(TimeSpan.FromMinutes(11));
        late.Clock.Pass(TimeSpan.FromMinutes(11));
        var again = await late.Table.NameAsync([Suspicion.Released(BlobId.New(), Owner)], Token);
        await table.ClearAsync(again[0], Token);
        await ReadAsync(table);
        Assert.Equal(1, await HoursAsync());

        // Its touch is fresh, so this rests on it.
        var third = await late.Table.NameAsync([Suspicion.Released(BlobId.New(), Owner)], Token);
        _clock.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(third, await ReadAsync(table));
    }

    private async Task<SuspectTable> OpenAsync() => await SuspectTable.OpenAsync(Runner(), _clock, Token);

    private async Task<(SuspectTable Table, SteppedClock Clock)> OpenAsync(TimeSpan wrong)
    {
        var clock = new SteppedClock(wrong);
        return (await SuspectTable.OpenAsync(Runner(), clock, Token), clock);
    }

    private StatementRunner Runner() => new(keyspace.Session, new StatementOptions { Timeout = TimeSpan.FromSeconds(30) });

    private async Task<List<NamedSuspicion>> ReadAsync(SuspectTable table, IReadOnlyList<int>? slots = null) =>
        await table.ReadAsync(slots ?? SuspectSlots.Bodies, _clock.Now, Token).ToListAsync(Token);

    private async Task PassAndReadAsync(SuspectTable table, TimeSpan time)
    {
        _clock.Pass(time);
        Assert.Empty(await ReadAsync(table));
    }

    private async Task<long> HoursAsync()
    {
        using var rows = await keyspace.Session.ExecuteAsync(new SimpleStatement("SELECT count(*) FROM suspect_hour"), Token);
        Assert.True(rows.Read());
        return rows.GetBigint(0);
    }
}
