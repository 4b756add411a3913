using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Cassandra.Tests.Simulation;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>Two servers on the same tables, of which one guesses what the other has made wrong.</summary>
public sealed class HeadGuessesTests : IAsyncDisposable
{
    private const int ToTrust = 64;

    private static readonly ObjectOwner Owner = new("111111111111", new string('a', 64), "arn:aws:iam::111111111111:root");

    private readonly SimulatedTables _tables = new(new SimulatedWorld(), new ScriptedNetwork());
    private readonly MemorySuspects _suspects = new(TimeProvider.System);
    private readonly InMemoryStore _bodies = new(TimeProvider.System, 64, 1024);
    private readonly CassandraIndex _one;
    private readonly CassandraIndex _other;
    private readonly BucketId _bucket = BucketId.New();

    public HeadGuessesTests() => (_one, _other) = (Server(), Server());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_taken_to_be_new_once_many_were()
    {
        await OpenAsync(VersioningState.Unversioned);
        Assert.Empty((await GuessAsync("other"))!.Rows);
        await PutAsync(_other, "k");
        Assert.Empty((await GuessAsync("k"))!.Rows);
    }

    [Theory]
    [InlineData(VersioningState.Unversioned)]
    [InlineData(VersioningState.Enabled)]
    public async Task What_this_server_wrote_is_known_and_what_another_wrote_meanwhile_is_found_at_the_commit(VersioningState versioning)
    {
        await OpenAsync(versioning);
        await PutAsync(_one, "k");
        var mine = (await GuessAsync("k"))!.AnyHead!.Ver;
        Assert.Equal(mine, await HeadAsync("k"));

        await PutAsync(_other, "k");
        var others = await HeadAsync("k");
        Assert.NotEqual(mine, others);
        Assert.Equal(mine, (await GuessAsync("k"))!.AnyHead!.Ver);

        Assert.Equal(WriteStatus.Done, await PutAsync(_one, "k"));
        Assert.NotEqual(others, await HeadAsync("k"));
        Assert.Equal(versioning == VersioningState.Enabled ? 3 : 0, await VersionsAsync("k"));

        // A wrong guess ends them: the next is read.
        await PutAsync(_other, "k2");
        Assert.NotNull((await GuessAsync("k2"))!.AnyHead);
    }

    [Fact]
    public async Task A_delete_of_what_is_taken_to_be_absent_looks()
    {
        await OpenAsync(VersioningState.Unversioned);
        await PutAsync(_other, "k");
        var remover = new ObjectRemover(_one, new BucketConfigurations(_one), _bodies.Blobs, TimeProvider.System);
        var outcome = await remover.DeleteAsync(_bucket, ObjectKey.Parse("k"), null, WriteConditions.None, Owner, Token);
        Assert.NotNull(outcome.Version);
        Assert.Null(await HeadAsync("k"));
    }

    [Fact]
    public async Task A_write_on_condition_looks()
    {
        await OpenAsync(VersioningState.Unversioned);
        await PutAsync(_other, "k");
        Assert.Equal(WriteStatus.PreconditionFailed, await PutAsync(_one, "k", new WriteConditions(IfNoneMatchAny: true)));
    }

    [Fact]
    public async Task A_bucket_that_was_given_versioning_keeps_every_version()
    {
        await OpenAsync(VersioningState.Unversioned);
        await PutAsync(_one, "k");
        var epoch = (await _other.GetConfigurationAsync(_bucket, Token))!.Epoch;
        await _other.ChangeConfigurationAsync(_bucket, epoch, BucketConfiguration.Encode(VersioningState.Enabled), Token);
        Assert.Equal(WriteStatus.Done, await PutAsync(_one, "k"));
        Assert.Equal(2, await VersionsAsync("k"));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _bodies.DisposeAsync();
    }

    private CassandraIndex Server() => new(
        _tables,
        _suspects,
        new MemoryParts(),
        new ShardingQueue(100),
        (_, _) => throw new NotSupportedException(),
        new IndexOptions { Server = IncarnationId.New(), Deadline = TimeSpan.FromSeconds(60) },
        new ShardingOptions(),
        TimeProvider.System,
        NullLogger.Instance);

    /// <summary>A bucket in which the one server has written enough new keys to trust its guesses.</summary>
    private async Task OpenAsync(VersioningState versioning)
    {
        await _one.CreateBucketAsync(_bucket, BucketConfiguration.Encode(versioning), Token);
        for (var i = 0; i < ToTrust; i++)
        {
            await PutAsync(_one, $"new{i}");
        }
    }

    private ValueTask<KeyRows?> GuessAsync(string key) => _one.ReadAsync(_bucket, new KeyRead(ObjectKey.Parse(key), ForCommit: true), Token);

    private async Task<Guid?> HeadAsync(string key) =>
        (await _other.ReadAsync(_bucket, new KeyRead(ObjectKey.Parse(key)), Token))!.AnyHead?.Ver;

    private async Task<int> VersionsAsync(string key)
    {
        var rows = await _other.ReadAsync(_bucket, new KeyRead(ObjectKey.Parse(key), NewestVersions: 10), Token);
        return rows!.Rows.Count(row => row.Address.Section == IndexSection.Version);
    }

    private async Task<WriteStatus> PutAsync(CassandraIndex index, string key, WriteConditions? conditions = null)
    {
        var writer = new VersionWriter(index, new BucketConfigurations(index), _bodies.Blobs, TimeProvider.System);
        var write = new VersionWrite
        {
            Bucket = _bucket,
            Key = ObjectKey.Parse(key),
            Version = new ObjectRecord { Owner = Owner, Size = 1 },
            InlineBody = Encoding.UTF8.GetBytes("x"),
            Conditions = conditions ?? WriteConditions.None,
            Started = DateTimeOffset.UtcNow,
        };
        return (await writer.CommitAsync(write, Token)).Status;
    }
}
