using System.Diagnostics;
using System.Text.RegularExpressions;
using S3Cassandra.Storage.Uploads;
using S3Cassandra.Support;

namespace S3Cassandra.Storage.Embedded.Tests.CrashPoints;

/// <summary>
/// The store dies at each named point: its folder is copied while the thread that got there waits, which is what a killed process leaves,
/// and a new store opens the copy. What was acknowledged is there whole, what was not is whole or absent, and nothing stays behind.
/// (<see cref="CrashTests"/> and Reliability.Tests kill processes.)
/// </summary>
[Collection(CrashPointCollection.Name)]
public sealed partial class CrashPointTests : IDisposable
{
    /// <summary>Which of the times that the script gets to a point are tried: the first few, then ever fewer.</summary>
    private static readonly int[] Turns = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89];

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly List<Crash> _crashes = [];

    public static TheoryData<string> Points =>
    [
        "abort-after-commit",
        "abort-before-commit",
        "blob-after-chunk",
        "blob-after-create",
        "blob-after-delete",
        "blob-after-sync",
        "blob-before-create",
        "blob-before-delete",
        "blob-before-sync",
        "complete-after-commit",
        "complete-after-manifest",
        "complete-before-commit",
        "index-after-commit",
        "index-before-commit",
        "part-after-row",
        "part-before-row",
        "put-after-chunk",
        "put-after-commit",
        "put-after-suspect",
        "put-after-sync",
        "put-before-commit",
        "put-before-sync",
        "suspect-after-clear",
        "suspect-after-keep",
        "suspect-before-clear",
        "suspect-before-keep",
        "sweep-after-clear",
        "sweep-after-fence",
        "sweep-after-free",
        "sweep-after-parts-went",
        "sweep-before-free",
        "sweep-before-mark",
        "sweep-before-part-free",
        "sweep-before-parts-go",
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_crash_loses_nothing_acknowledged_and_leaves_nothing_behind(string point)
    {
        await RunScriptAsync(point);
        Assert.NotEmpty(_crashes);
        foreach (var crash in _crashes)
        {
            await AssertSurvivedAsync(crash);
        }
    }

    [Fact]
    public void Every_point_in_the_sources_is_tried()
    {
        var sources = CrashPointSources.Without("Cassandra").ToList();
        var named = sources.SelectMany(CrashPointSources.NamesIn).ToList();
        Assert.Equal(named.Count, sources.Sum(source => AnyHit().Count(source)));
        Assert.Equal(named.Distinct().Order(StringComparer.Ordinal), Points.Select(row => row.Data).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_blob_that_a_crash_took_along_is_noticed()
    {
        await RunScriptAsync("put-after-commit");
        var crash = _crashes[^1];
        Directory.Delete(Path.Combine(crash.Folder, "blobs", "kept"), recursive: true);
        foreach (var hour in Directory.EnumerateDirectories(Path.Combine(crash.Folder, "blobs", "written")))
        {
            Directory.Delete(hour, recursive: true);
        }

        await Assert.ThrowsAsync<CorruptDataException>(() => AssertSurvivedAsync(crash));
    }

    private async Task RunScriptAsync(string point)
    {
        var data = Path.Combine(_folder.Path, "data");
        var clock = new StillClock(Start);
        try
        {
            await using var world = await CrashWorld.OpenAsync(data, clock);
            var script = new CrashScript(world);
            var (gate, hits) = (new Lock(), 0);
            CrashPoint.Watcher = name =>
            {
                lock (gate)
                {
                    if (name == point && Turns.Contains(++hits))
                    {
                        _crashes.Add(new Crash(Copy(data, hits), script.Promises, clock.GetUtcNow()));
                    }
                }
            };

            // Closing the store gets to some points too.
            await script.RunAsync();
        }
        finally
        {
            CrashPoint.Watcher = null;
        }
    }

    /// <summary>By another process: closing a file here would take the locks of the store's database with it (POSIX).</summary>
    private string Copy(string data, int turn)
    {
        var copy = Path.Combine(_folder.Path, $"crash-{turn}");
        using var process = Process.Start("cp", ["-r", data, copy]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return copy;
    }

    private static async Task AssertSurvivedAsync(Crash crash)
    {
        await using var world = await CrashWorld.OpenAsync(crash.Folder, new StillClock(crash.Time));
        await AssertPromisesAsync(world, crash.Promises);
        foreach (var upload in crash.Promises.Uploads.Values)
        {
            await EndAsync(world, upload);
        }

        await world.SweepAsync();
        await world.AssertCleanAsync();
        await AssertPromisesAsync(world, crash.Promises);

        // And the store goes on.
        await world.PutAsync("afterwards", CrashScript.Bytes(5000, 99));
        Assert.Equal(CrashScript.Bytes(5000, 99), await world.ReadAsync("afterwards"));
    }

    private static async Task AssertPromisesAsync(CrashWorld world, Promises promises)
    {
        foreach (var (key, allowed) in promises.Objects)
        {
            var read = await world.ReadAsync(key);
            Assert.True(allowed.Any(bytes => read is null ? bytes is null : bytes is not null && read.AsSpan().SequenceEqual(bytes)), key);
        }

        Assert.Null(await world.ReadAsync("refused"));
        Assert.Null(await world.ReadAsync("lost"));
    }

    /// <summary>The acknowledged parts of an upload that stands make its object; one that has ended ended whole.</summary>
    private static async Task EndAsync(CrashWorld world, PromisedUpload upload)
    {
        if (await world.FindUploadAsync(upload.Key, upload.Id) is not null)
        {
            if (upload.MayBeAborted || upload.Parts.IsEmpty)
            {
                Assert.Equal(UploadStatus.Done, await world.AbortAsync(upload.Key, upload.Id));
                Assert.Null(await world.ReadAsync(upload.Key));
                return;
            }

            Assert.Equal(CompleteStatus.Done, await world.CompleteAsync(upload.Key, upload.Id, upload.Parts));
        }
        else if (upload.MayBeAborted)
        {
            Assert.Null(await world.ReadAsync(upload.Key));
            return;
        }

        Assert.Equal(upload.Bytes, await world.ReadAsync(upload.Key));
    }

    [GeneratedRegex(@"CrashPoint\.Hit\(")]
    private static partial Regex AnyHit();
}
