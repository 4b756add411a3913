using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.IndexLoad;

/// <summary>
/// Fills a bucket to so many keys and says at each mark what a write, a read and a page cost through a whole store: one bucket by commits,
/// splits and all, or (bulk) a fresh bucket for each mark. The last mark's is the bucket that the keyspace has, where it has one, so that a
/// server that made it can show it.
/// </summary>
internal sealed class GrowthRun(LoadOptions options)
{
    private const int PageSize = 1000;
    private const int Writers = 16;
    private const int Readers = 16;
    private const int Listers = 4;

    private CassandraStore _store = null!;
    private CqlSession _session = null!;
    private BucketId _bucket;
    private int _epoch;
    private byte[] _record = [];
    private long _keys;

    public async Task RunAsync(CancellationToken token)
    {
        var settings = new CassandraStoreOptions { ContactPoints = [options.Contact], Keyspace = options.Keyspace, StatementTime = TimeSpan.FromSeconds(4) };
        await using var store = await CassandraStore.OpenAsync(settings, NullLoggerFactory.Instance, TimeProvider.System, Console.Error.WriteLine, token);
        store.Start("index load", "1");
        await using var session = await CqlSession.ConnectAsync(
            new CqlSessionOptions { ContactPoints = settings.ContactPoints, Keyspace = settings.Keyspace }, token);
        (_store, _session) = (store, session);
        await FindBucketAsync(token);
        var own = _bucket;
        foreach (var mark in options.Marks)
        {
            var filled = options.Bulk ? await FillInBulkAsync(mark, token) : await FillAsync(mark, token);
            await Console.Error.WriteLineAsync($"{mark} keys: {filled}");
            Console.WriteLine(JsonSerializer.Serialize(await MeasureAsync(mark, token)));
            _bucket = options.Bulk ? own : _bucket;
        }
    }

    /// <summary>The keyspace's bucket, and a record of an object in it; one is made where there is none.</summary>
    private async Task FindBucketAsync(CancellationToken token)
    {
        BucketId? found = null;
        await foreach (var bucket in _store.Index.ListBucketsAsync(token))
        {
            found = bucket;
        }

        _bucket = found ?? BucketId.New();
        if (found is null && !options.Bulk)
        {
            await _store.Index.CreateBucketAsync(_bucket, new byte[10], token);
        }

        _epoch = 1;
        _record = new byte[250];
        if (found is null)
        {
            return;
        }

        using var page = await _store.Index.ScanAsync(new ScanRange(_bucket, IndexSection.Head, default, default, null, 1), token);
        _epoch = page!.Epoch;
        _record = page.Rows.Count > 0 ? page.Rows[0].Record.ToArray() : _record;
    }

    private async Task<string> FillInBulkAsync(long mark, CancellationToken token)
    {
        var watch = Stopwatch.StartNew();
        var cpu = Cpu();
        _bucket = mark == options.Marks[^1] ? _bucket : BucketId.New();
        await new BulkFill(new CqlIndexTables(_session, new StatementOptions()), _record, KeyOf, PlaceOf).FillAsync(_bucket, mark, token);
        _keys = mark;
        return string.Create(
            CultureInfo.InvariantCulture, $"{mark / watch.Elapsed.TotalSeconds:0}/s in bulk, CPU {(Cpu() - cpu).TotalMicroseconds / mark:0} µs each");
    }

    private async Task<string> FillAsync(long mark, CancellationToken token)
    {
        var left = mark - _keys;
        var first = _keys;
        var next = -1L;
        var watch = Stopwatch.StartNew();
        var cpu = Cpu();
        await Task.WhenAll(Enumerable.Range(0, options.Writers).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Increment(ref next) is var number && number < left)
                {
                    await PutAsync(first + number, token);
                }
            },
            token)));
        _keys = Math.Max(_keys, mark);
        return left <= 0
            ? "there already"
            : string.Create(CultureInfo.InvariantCulture, $"{left / watch.Elapsed.TotalSeconds:0}/s, CPU {(Cpu() - cpu).TotalMicroseconds / left:0} µs each");
    }

    private async Task<GrowthFigures> MeasureAsync(long mark, CancellationToken token)
    {
        var size = _keys;
        var get = await LoadAsync(Readers, () => GetAsync(size, token), token);
        var list = await LoadAsync(Listers, () => ListAsync(KeyOf(Random.Shared.NextInt64(size)).Memory, token), token);
        var first = await LoadAsync(1, () => ListAsync(default, token), token);
        var last = await LoadAsync(1, () => ListAsync(Encoding.UTF8.GetBytes("folder/" + LastFolder(size)), token), token);

        // Splits that are under way would be counted as the cost of these.
        var put = await LoadAsync(Writers, () => PutAsync(Interlocked.Increment(ref _keys) - 1, token), token);
        using var shards = await _session.ExecuteAsync(
            new SimpleStatement($"SELECT count(*) FROM {options.Keyspace}.shard_map WHERE bucket = {_bucket.Value}"), token);
        shards.Read();
        return new GrowthFigures(mark, shards.GetBigint(0), put, get, list, first, last, Environment.WorkingSet >> 20);
    }

    /// <summary>A folder above which there are some 1,000 keys.</summary>
    private static string LastFolder(long keys) =>
        ((long)((1 << 24) * (1 - Math.Min(1.0, PageSize * 1.1 / keys)))).ToString("x6", CultureInfo.InvariantCulture);

    private static ulong PlaceOf(long number) => unchecked((ulong)number * 0x9E3779B97F4A7C15) >> 40;

    private static ObjectKey KeyOf(long number) =>
        ObjectKey.Parse(string.Create(CultureInfo.InvariantCulture, $"folder/{PlaceOf(number):x6}/object-{number:D9}"));

    private async ValueTask PutAsync(long number, CancellationToken token)
    {
        var commit = new IndexCommit
        {
            Bucket = _bucket,
            Key = KeyOf(number),
            Epoch = _epoch,
            Started = DateTimeOffset.UtcNow,
            Conditions = [new(RowAddress.Head, null)],
            Writes = [new RowWrite(RowAddress.Head, Guid.NewGuid(), _record, default)],
        };
        while ((await _store.Index.CommitAsync(commit, token)).Outcome is CommitOutcome.Unknown)
        {
        }
    }

    private async ValueTask GetAsync(long size, CancellationToken token)
    {
        if (await _store.Index.ReadAsync(_bucket, new KeyRead(KeyOf(Random.Shared.NextInt64(size)), ExpectsHead: true), token) is not { AnyHead: not null })
        {
            throw new InvalidOperationException("A key is missing.");
        }
    }

    private async ValueTask ListAsync(ReadOnlyMemory<byte> from, CancellationToken token)
    {
        using var page = await _store.Index.ScanAsync(new ScanRange(_bucket, IndexSection.Head, from, default, null, PageSize), token);
        if (page is not { Rows.Count: > 0 })
        {
            throw new InvalidOperationException("A page is empty.");
        }
    }

    private async Task<OperationFigures> LoadAsync(int atOnce, Func<ValueTask> operation, CancellationToken token)
    {
        await RunAsync(atOnce, TimeSpan.FromSeconds(1), operation, token);
        var (cpu, reads) = (Cpu(), await ReadsAsync(token));
        var watch = Stopwatch.StartNew();
        var latencies = await RunAsync(atOnce, options.Duration, operation, token);
        var elapsed = watch.Elapsed;
        cpu = Cpu() - cpu;
        reads = await ReadsAsync(token) - reads;
        latencies.Sort();
        return new OperationFigures(
            Math.Round(latencies.Count / elapsed.TotalSeconds, 1),
            Math.Round(cpu.TotalMicroseconds / latencies.Count, 1),
            Math.Round(Stopwatch.GetElapsedTime(0, latencies[latencies.Count / 2]).TotalMicroseconds),
            Math.Round((double)reads / latencies.Count, 2));
    }

    private static async Task<List<long>> RunAsync(int atOnce, TimeSpan duration, Func<ValueTask> operation, CancellationToken token)
    {
        var watch = Stopwatch.StartNew();
        var each = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(
            async () =>
            {
                var latencies = new List<long>();
                while (latencies.Count == 0 || watch.Elapsed < duration)
                {
                    var begun = Stopwatch.GetTimestamp();
                    await operation();
                    latencies.Add(Stopwatch.GetTimestamp() - begun);
                }

                return latencies;
            },
            token)));
        return [.. each.SelectMany(one => one)];
    }

    private TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime + ProcessCpu.Of(options.CassandraPid);

    /// <summary>Partitions of the index that this node has read so far.</summary>
    private async Task<long> ReadsAsync(CancellationToken token)
    {
        using var rows = await _session.ExecuteAsync(
            new SimpleStatement($"SELECT count FROM system_views.local_read_latency WHERE keyspace_name = '{options.Keyspace}' AND table_name = 'object_index'"),
            token);
        return rows.Read() ? rows.GetBigint(0) : 0;
    }
}
