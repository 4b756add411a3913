using System.Diagnostics;
using System.Globalization;
using System.Text;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.IndexLoad;

/// <summary>Runs one workload and prints what it cost.</summary>
internal sealed class IndexRun(CqlSession session, CassandraIndex index, ISuspectTable suspects, LoadOptions options)
{
    private const int RecordSize = 250;
    private const int KeysRead = 20_000;
    private const int PageSize = 1000;

    private readonly byte[] _body = new byte[options.Size];
    private readonly byte[] _record = new byte[RecordSize];
    private readonly List<BucketId> _buckets = [];
    private long _next;

    public async Task RunAsync(CancellationToken token)
    {
        new Random(1).NextBytes(_body);
        new Random(2).NextBytes(_record);
        for (var i = 0; i < options.Buckets; i++)
        {
            _buckets.Add(BucketId.New());
            await index.CreateBucketAsync(_buckets[i], _record.AsMemory(0, 10), token);
        }

        Func<long, ValueTask> operation = options.Workload switch
        {
            "inline" => number => PutAsync(number, _body, token),
            "chunk" => number => PutChunkAsync(number, token),
            "get" => number => GetAsync(number, token),
            "list" => number => ListAsync(number, token),
            _ => throw new ArgumentException(LoadOptions.Usage),
        };
        if (options.Workload is "get" or "list")
        {
            await Task.WhenAll(Enumerable.Range(0, 64).Select(writer => Task.Run(
                async () =>
                {
                    for (var key = writer; key < KeysRead; key += 64)
                    {
                        await PutAsync(key, _body, token);
                    }
                },
                token)));
        }

        await LoadAsync(operation, TimeSpan.FromSeconds(2), token);
        Console.WriteLine(await LoadAsync(operation, options.Duration, token));
    }

    private static ObjectKey KeyOf(long number) => ObjectKey.Parse(
        string.Create(CultureInfo.InvariantCulture, $"folder/{unchecked((ulong)number * 0x9E3779B97F4A7C15) >> 40:x6}/object-{number:D9}"));

    private BucketId BucketOf(long number) => _buckets[(int)(number % _buckets.Count)];

    private async ValueTask PutAsync(long number, ReadOnlyMemory<byte> body, CancellationToken token)
    {
        var (bucket, key) = (BucketOf(number), KeyOf(number));
        var rows = (await index.ReadAsync(bucket, new KeyRead(key), token))!;
        var commit = new IndexCommit
        {
            Bucket = bucket,
            Key = key,
            Epoch = rows.Epoch,
            Started = DateTimeOffset.UtcNow,
            Conditions = [new(RowAddress.Head, rows.AnyHead?.Ver), new(RowAddress.HiddenHead, null)],
            Writes = [new RowWrite(RowAddress.Head, Guid.NewGuid(), _record, body)],
        };
        var result = await index.CommitAsync(commit, token);
        if (result.Outcome != CommitOutcome.Applied)
        {
            throw new InvalidOperationException($"A commit ended as {result.Outcome}.");
        }
    }

    private async ValueTask PutChunkAsync(long number, CancellationToken token)
    {
        var blob = BlobId.New();
        await suspects.NameAsync([Suspicion.Written(blob, new BlobOwner(BucketOf(number), KeyOf(number), null))], token);
        var insert = await session.PrepareAsync("INSERT INTO blob (id, grp, n, crc, data) VALUES (?, 0, 0, ?, ?) USING TIMESTAMP 1", token);
        using (var bound = insert.Bind().Blob(blob.Value.ToByteArray()).Bigint(number).Blob(_body))
        {
            bound.IsIdempotent = true;
            using var rows = await session.ExecuteAsync(bound, token);
        }

        await PutAsync(number, default, token);
    }

    private async ValueTask GetAsync(long number, CancellationToken token)
    {
        var rows = await index.ReadAsync(BucketOf(number % KeysRead), new KeyRead(KeyOf(number % KeysRead), WithBody: true), token);
        if (rows?.AnyHead?.Body.Length != _body.Length)
        {
            throw new InvalidOperationException("A body is missing.");
        }
    }

    private async ValueTask ListAsync(long number, CancellationToken token)
    {
        byte[] from = [.. Encoding.UTF8.GetBytes("folder/"), (byte)('0' + (number % 8))];
        using var page = await index.ScanAsync(new ScanRange(BucketOf(number), IndexSection.Head, from, default, null, PageSize), token);
        if (page?.Rows.Count != PageSize)
        {
            throw new InvalidOperationException("A page is short.");
        }
    }

    private async Task<string> LoadAsync(Func<long, ValueTask> operation, TimeSpan duration, CancellationToken token)
    {
        var latencies = new System.Collections.Concurrent.ConcurrentBag<long>();
        var (ownCpu, cassandraCpu) = (Process.GetCurrentProcess().TotalProcessorTime, ProcessCpu.Of(options.CassandraPid));
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, options.Writers).Select(_ => Task.Run(
            async () =>
            {
                while (watch.Elapsed < duration)
                {
                    var begun = Stopwatch.GetTimestamp();
                    await operation(Interlocked.Increment(ref _next) - 1);
                    latencies.Add(Stopwatch.GetTimestamp() - begun);
                }
            },
            token)));
        var (elapsed, count) = (watch.Elapsed, latencies.Count);
        ownCpu = Process.GetCurrentProcess().TotalProcessorTime - ownCpu;
        cassandraCpu = ProcessCpu.Of(options.CassandraPid) - cassandraCpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var sorted = latencies.Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {options.Workload} {options.Size} B, {options.Writers} at once: {count / elapsed.TotalSeconds:0}/s   median {Milliseconds(sorted[count / 2]):0.00} ms   p99 {Milliseconds(sorted[count * 99 / 100]):0.0} ms
            per operation: client {ownCpu.TotalMicroseconds / count:0} µs   Cassandra {cassandraCpu.TotalMicroseconds / count:0} µs   together {(ownCpu + cassandraCpu).TotalMicroseconds / count:0} µs   allocated {allocated / count} B
            """);
    }

    private static double Milliseconds(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds;
}
