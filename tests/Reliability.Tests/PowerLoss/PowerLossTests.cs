using System.Globalization;
using S3Cassandra.Reliability.Tests.Histories;
using S3Cassandra.Reliability.Tests.Linearizability;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>
/// The power goes at many moments of one recorded life; what was not synced is lost or torn; a server starts on what is left.
/// S3CASSANDRA_POWER_LOSS_POINTS=300 makes it the long run, S3CASSANDRA_POWER_LOSS_SEED repeats one's choices.
/// </summary>
public sealed class PowerLossTests(RecordingFixture fixture, ITestOutputHelper output) : IClassFixture<RecordingFixture>, IDisposable
{
    private static readonly LossMode[] Modes = Enum.GetValues<LossMode>();

    private readonly TemporaryFolder _folder = new();

    private static int Points => Number("S3CASSANDRA_POWER_LOSS_POINTS", 24);

    private static int Seed => Number("S3CASSANDRA_POWER_LOSS_SEED", Environment.ProcessId);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_torn_by_power_loss()
    {
        var recording = fixture.Recording;
        var random = new Random(Seed);
        for (var number = 0; number < Points; number++)
        {
            var point = DrawPoint(random);
            var mode = Modes[number % Modes.Length];
            if (await FaultAsync(point, mode, random.Next(), null) is { } fault)
            {
                Assert.Fail($"Point {point} of {recording.Files.Count}, {mode}, seed {Seed}: {fault}");
            }
        }

        output.WriteLine($"{Points} points of {recording.Files.Count} operations on files, seed {Seed}");
    }

    /// <summary>Each kind of sync is needed, and its lack is noticed.</summary>
    [Theory]
    [InlineData("index.db")]
    [InlineData("index.db-wal")]
    [InlineData("blobs/")]
    [InlineData("folders")]
    public async Task The_lack_of_a_sync_is_noticed(string what)
    {
        var recording = fixture.Recording;
        var folders = recording.Files.Where(operation => operation.Kind == FileOperationKind.MakeFolder).Select(operation => operation.Path).Append("").ToHashSet();
        bool Ignored(FileOperation sync) => what switch
        {
            "folders" => folders.Contains(sync.Path),
            "blobs/" => sync.Path.StartsWith(what, StringComparison.Ordinal) && !folders.Contains(sync.Path),
            "index.db" => sync.Path == what && sync.Start >= recording.ReadyAt,
            _ => sync.Path == what,
        };
        Assert.Contains(recording.Files, operation => operation.Kind == FileOperationKind.Sync && Ignored(operation));

        var random = new Random(Seed);
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var point = DrawPoint(random);
            if (await FaultAsync(point, LossMode.Everything, 0, Ignored) is { } fault)
            {
                Assert.Null(await FaultAsync(point, LossMode.Everything, 0, null));
                output.WriteLine($"Noticed: {fault}");
                return;
            }
        }

        Assert.Fail($"A server that never syncs {what} passes.");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private int DrawPoint(Random random)
    {
        var files = fixture.Recording.Files;
        var first = files.Index().First(entry => entry.Item.End >= fixture.Recording.LoadBegan).Index;
        return random.Next(first, files.Count + 1);
    }

    /// <summary>What is wrong after a loss of power; null when all is as it must be.</summary>
    private async Task<string?> FaultAsync(int point, LossMode mode, int seed, Func<FileOperation, bool>? ignored)
    {
        var data = _folder.Create($"{point}-{mode}-{seed}");
        foreach (var (path, content) in fixture.Recording.Lose(point, mode, new Random(seed), ignored))
        {
            if (content is null)
            {
                Directory.CreateDirectory(Path.Combine(data, path));
            }
            else
            {
                await File.WriteAllBytesAsync(Path.Combine(data, path), content, Token);
                File.SetUnixFileMode(Path.Combine(data, path), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        try
        {
            var checkedBefore = await ServerProcess.FsckAsync(data, Token);
            return checkedBefore.ExitCode != 0 ? checkedBefore.ToString() : await HistoryFaultAsync(data, point);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception.Message;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private async Task<string?> HistoryFaultAsync(string data, int point)
    {
        var (load, known) = (fixture.Recording.Load, fixture.Recording.Known(point).ToList());
        await using var server = await ServerProcess.StartAsync(new(data), Token);
        using var client = new S3Client(server.Endpoint);
        var listed = (await client.ListAsync(Recording.Bucket, "", Token)).ToDictionary(entry => entry.Key, entry => (entry.Size, entry.ETag));
        foreach (var key in known.Select(operation => operation.Key).Distinct().ToList())
        {
            var got = await client.GetAsync(Recording.Bucket, key, Token);
            if (!got.IsSuccess && (int)got.Status != 404)
            {
                return $"{key}: {got.Status} {got.Text}";
            }

            var id = got.IsSuccess ? load.Values.Identify(key, got, withBody: true) : null;
            var start = known.Max(operation => operation.End == long.MaxValue ? operation.Start : operation.End) + 1;
            known.Add(new(-1, OperationKind.Get, key, null, null, id, start, start + 1, OperationOutcome.Ok));
            if (id is null ? listed.ContainsKey(key) : listed.GetValueOrDefault(key) != (got.Body.Length, got.ETag!))
            {
                return $"{key}: GET found {id ?? "nothing"}, LIST {listed.GetValueOrDefault(key)}";
            }
        }

        return HistoryChecker.Explain(known);
    }
}
