using System.Diagnostics;
using S3Cassandra.Reliability.Tests.Load;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Kill;

/// <summary>
/// A data folder through many lives: each life serves a mixed load and ends by SIGKILL. After each, fsck finds it sound, and the next
/// life has everything that was acknowledged, whole, in a linearizable order.
/// </summary>
internal sealed class KillRounds(string folder, int seed)
{
    private const string Bucket = "lives";
    private const string ManyPartsBucket = "many-parts";

    /// <summary>Rounds whose objects all stay; of older ones a fifth does, so that the folder does not grow without end.</summary>
    private const int KeptRounds = 3;

    /// <summary>Of what comes by itself, however late on a machine under load: a crash point, the end of a server.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The sweeper works while the load runs.</summary>
    private static readonly string[] SweepSoon = ["--garbage-grace", "1"];

    private readonly KnownValues _values = new();
    private readonly SortedDictionary<string, string?> _ledger = new(StringComparer.Ordinal);
    private readonly Random _random = new(seed);
    private MixedLoad? _last;
    private ManyPartsUpload? _manyParts;

    public int Operations { get; private set; }

    /// <summary>The longest that a life took from the process's start until it listened.</summary>
    public TimeSpan SlowestStart { get; private set; }

    public int Objects => _ledger.Count(entry => entry.Value is not null);

    /// <summary>One life that ends by a kill after a random time under load, or, with a crash point, by the server's own hand.</summary>
    /// <returns>Whether the crash point was reached.</returns>
    public async Task<bool> RunAsync(int round, string? crashPoint, CancellationToken token)
    {
        var environment = crashPoint is null ? [] : new Dictionary<string, string> { ["S3CASSANDRA_CRASH_POINT"] = crashPoint };
        if (await StartAsync(environment, crashPoint is not null, token) is not { } server)
        {
            await FsckAsync(token);
            return true;
        }

        await using var running = server;
        using var client = new S3Client(server.Endpoint);
        var reached = false;
        try
        {
            await SettleAsync(round, client, token);
            var load = new MixedLoad(new(Bucket, $"r{round:D4}/") { Seed = seed + round }, _values);
            _last = load;
            await load.PutSourcesAsync(client, token);
            if (ManyPartsUpload.LeadsTo(crashPoint))
            {
                await client.CreateBucketAsync(ManyPartsBucket, token);
                _manyParts = await ManyPartsUpload.PrepareAsync(client, ManyPartsBucket, token);
            }

            reached = await LoadUntilEndAsync(load, server, crashPoint, token);
            Operations += load.Recorder.Operations.Count;
        }
        catch (HttpRequestException) when (crashPoint is not null)
        {
            await server.WaitForExitAsync(token);
            reached = true;
        }

        await FsckAsync(token);
        return reached;
    }

    /// <summary>One more life, in which everything must be there; it ends in an orderly way, and the folder is sound after it.</summary>
    public async Task FinishAsync(CancellationToken token)
    {
        await using var server = await ServerProcess.StartAsync(new(folder), token);
        using var client = new S3Client(server.Endpoint);
        await SettleAsync(int.MaxValue, client, token);
        await Ledger.VerifyAsync(client, Bucket, "", _ledger, _values, token);
        await (_manyParts?.VerifyAsync(client, token) ?? Task.CompletedTask);
        Assert.Equal(0, await server.StopAsync(token));
        await FsckAsync(token);
    }

    /// <summary>Null where a crash point ended the server before it listened.</summary>
    private async Task<ServerProcess?> StartAsync(Dictionary<string, string> environment, bool mayEnd, CancellationToken token)
    {
        try
        {
            var began = Stopwatch.GetTimestamp();
            var server = await ServerProcess.StartAsync(new(folder) { Environment = environment, Arguments = SweepSoon }, token);
            var took = Stopwatch.GetElapsedTime(began);
            SlowestStart = took > SlowestStart ? took : SlowestStart;
            return server;
        }
        catch (InvalidOperationException) when (mayEnd)
        {
            return null;
        }
    }

    private async Task<bool> LoadUntilEndAsync(MixedLoad load, ServerProcess server, string? crashPoint, CancellationToken token)
    {
        var hasCrashPoint = crashPoint is not null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(token);
        var running = load.RunAsync(server.Endpoint, ended.Token);
        var completing = CompleteManyPartsAsync(server.Endpoint, ended.Token);
        var life = hasCrashPoint ? Limit : TimeSpan.FromMilliseconds(50 + new Random(load.Settings.Seed).Next(1200));
        var lived = Task.Delay(life, token);
        var reached = await Task.WhenAny(server.WaitForExitAsync(token), running, lived) != lived;
        if (reached)
        {
            // The load ends when its server is gone, and only then.
            await server.WaitForExitAsync(token).WaitAsync(Limit, token);
        }
        else
        {
            await server.KillAsync();
        }

        Assert.True(hasCrashPoint || !reached, $"The server ended by itself:\n{server.Output}");
        await ended.CancelAsync();
        await running;
        await completing;
        return reached;
    }

    /// <summary>Of the life that prepared such an upload, which is the last one under load.</summary>
    private async Task CompleteManyPartsAsync(S3Endpoint endpoint, CancellationToken token)
    {
        using var client = new S3Client(endpoint);
        try
        {
            await (_manyParts?.CompleteAsync(client, token) ?? Task.CompletedTask);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // The server is gone: that is what this is for.
        }
    }

    private async Task SettleAsync(int round, S3Client client, CancellationToken token)
    {
        if (_last is null)
        {
            var created = await client.PutAsync(Bucket, null, [], token);
            Assert.True(created.IsSuccess || (int)created.Status == 409, created.Text);
            return;
        }

        foreach (var (key, id) in await _last.SettleAsync(client, token))
        {
            _ledger[key] = id;
        }

        _last = null;
        var listed = await client.ListAsync(Bucket, "", token);
        Assert.Equal(_ledger.Where(entry => entry.Value is not null).Select(entry => entry.Key), listed.Select(entry => entry.Key));
        await ThinOutAsync(round, client, token);
    }

    private async Task ThinOutAsync(int round, S3Client client, CancellationToken token)
    {
        var old = _ledger.Keys.Where(key => key.StartsWith($"r{round - KeptRounds:D4}/", StringComparison.Ordinal)).ToList();
        foreach (var key in old)
        {
            if (_ledger[key] is null)
            {
                _ledger.Remove(key);
            }
            else if (_random.Next(5) != 0)
            {
                var deleted = await client.DeleteAsync(Bucket, key, token);
                Assert.True(deleted.IsSuccess, deleted.Text);
                _ledger[key] = null;
            }
        }
    }

    private async Task FsckAsync(CancellationToken token)
    {
        var result = await ServerProcess.FsckAsync(folder, token);
        Assert.True(result.ExitCode == 0, result.ToString());
    }
}
