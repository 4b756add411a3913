using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Storage.Cassandra.Index;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.IndexLoad;

/// <summary>What a shard costs by its size: heads overwritten in place, so that it stays what it is, pages from anywhere, and its split.</summary>
internal sealed class ShardRun(IIndexTables tables, CassandraIndex index, ISuspectTable suspects, LoadOptions options)
{
    private const int RecordSize = 250;
    private const int FillBatch = 200;

    private readonly byte[] _record = new byte[RecordSize];
    private readonly byte[] _body = new byte[options.Size];

    public async Task RunAsync(CancellationToken token)
    {
        new Random(1).NextBytes(_record);
        new Random(2).NextBytes(_body);
        Console.WriteLine($"records of {RecordSize} B, bodies of {options.Size} B, {options.Writers} at once; the first line warms up");
        Console.WriteLine("   rows |  heads/s  median     p99  CPU/op (client + node) | page of 1000  CPU | survey   frozen  copied rows/s  CPU/row");
        foreach (var rows in (int[])[options.Rows[0], .. options.Rows])
        {
            Console.WriteLine(await RunAsync(rows, token));
        }
    }

    private static ObjectKey KeyOf(int number) => ObjectKey.Parse(string.Create(CultureInfo.InvariantCulture, $"folder/object-{number:D9}"));

    private async Task<string> RunAsync(int rows, CancellationToken token)
    {
        var bucket = BucketId.New();
        await index.CreateBucketAsync(bucket, _record.AsMemory(0, 10), token);
        await FillAsync(bucket, rows, token);
        if (options.Flush is { } flush)
        {
            using var process = Process.Start("/bin/sh", ["-c", flush]);
            await process.WaitForExitAsync(token);
        }

        var heads = await LoadAsync(options.Writers, random => OverwriteAsync(bucket, random.Next(rows), token), token);
        var pages = await LoadAsync(1, random => ListAsync(bucket, random.Next(Math.Max(1, rows - 1000)), token), token);
        var split = await SplitAsync(bucket, token);
        return string.Create(CultureInfo.InvariantCulture, $"{rows,7} | {heads} | {pages} | {split}");
    }

    private async Task FillAsync(BucketId bucket, int rows, CancellationToken token)
    {
        var shard = (await tables.ReadMapAsync(bucket, token))!.Entries[0].Shard;
        for (var next = 0; next < rows; next += FillBatch * 8)
        {
            var begin = next;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(part => tables.CopyAsync(
                bucket, shard, null, [.. Enumerable.Range(begin + (part * FillBatch), FillBatch).Where(i => i < rows).Select(RowOf)], token).AsTask()));
        }
    }

    private ShardRow RowOf(int number) => new(KeyOf(number).Memory, new IndexRow(RowAddress.Head, Guid.NewGuid(), _record, _body));

    private async ValueTask OverwriteAsync(BucketId bucket, int number, CancellationToken token)
    {
        var key = KeyOf(number);
        var rows = (await index.ReadAsync(bucket, new KeyRead(key), token))!;
        var commit = new IndexCommit
        {
            Bucket = bucket,
            Key = key,
            Epoch = rows.Epoch,
            Started = DateTimeOffset.UtcNow,
            Conditions = [new(RowAddress.Head, rows.AnyHead?.Ver), new(RowAddress.HiddenHead, null)],
            Writes = [new RowWrite(RowAddress.Head, Guid.NewGuid(), _record, _body)],
        };
        var outcome = (await index.CommitAsync(commit, token)).Outcome;
        if (outcome is not (CommitOutcome.Applied or CommitOutcome.RowsChanged))
        {
            throw new InvalidOperationException($"A commit ended as {outcome}.");
        }
    }

    private async ValueTask ListAsync(BucketId bucket, int from, CancellationToken token)
    {
        using var page = await index.ScanAsync(new ScanRange(bucket, IndexSection.Head, KeyOf(from).Memory, default, null, 1000), token);
        if (page?.Rows.Count != 1000)
        {
            throw new InvalidOperationException("A page is short.");
        }
    }

    private async Task<string> SplitAsync(BucketId bucket, CancellationToken token)
    {
        var shard = (await tables.ReadMapAsync(bucket, token))!.Entries[0].Shard;
        var limits = new ShardingOptions { RateRows = 1 };
        var replacer = new ShardReplacer(tables, suspects, limits, TimeProvider.System, Guid.NewGuid, NullLogger.Instance);
        var (begun, cpu) = (Stopwatch.GetTimestamp(), Cpu());
        var done = await replacer.ReplaceAsync(bucket, shard, ReplacementReason.Rate, token);
        var total = Stopwatch.GetElapsedTime(begun);
        var used = Cpu() - cpu;
        return done.Outcome != ReplacementOutcome.Replaced
            ? $"not split: {done.Outcome}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(total - done.Frozen).TotalMilliseconds,5:0} ms {done.Frozen.TotalMilliseconds,5:0} ms {done.Rows / done.Frozen.TotalSeconds,10:0} {used.TotalMicroseconds / done.Rows,8:0} µs");
    }

    private async Task<string> LoadAsync(int workers, Func<Random, ValueTask> operation, CancellationToken token)
    {
        var latencies = new System.Collections.Concurrent.ConcurrentBag<long>();
        await WorkAsync(workers, TimeSpan.FromSeconds(1), operation, [], token);
        var (cpu, watch) = (Cpu(), Stopwatch.StartNew());
        await WorkAsync(workers, options.Duration, operation, latencies, token);
        var (elapsed, used) = (watch.Elapsed, Cpu() - cpu);
        var sorted = latencies.Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sorted.Length / elapsed.TotalSeconds,6:0}/s {Milliseconds(sorted[sorted.Length / 2]),5:0.0} ms {Milliseconds(sorted[sorted.Length * 99 / 100]),5:0.0} ms {used.TotalMicroseconds / sorted.Length,5:0} µs");
    }

    private static async Task WorkAsync(
        int workers,
        TimeSpan duration,
        Func<Random, ValueTask> operation,
        System.Collections.Concurrent.ConcurrentBag<long> latencies,
        CancellationToken token)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(
            async () =>
            {
                var random = new Random(worker);
                while (watch.Elapsed < duration)
                {
                    var begun = Stopwatch.GetTimestamp();
                    await operation(random);
                    latencies.Add(Stopwatch.GetTimestamp() - begun);
                }
            },
            token)));
    }

    private TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime + ProcessCpu.Of(options.CassandraPid);

    private static double Milliseconds(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds;
}
