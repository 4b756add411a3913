using System.Globalization;
using S3Cassandra.Reliability.Tests.Load;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.BitFlips;

/// <summary>
/// Random bits of the data folder are turned while no server runs; then no GET or HEAD may answer 200 with anything but what was stored.
/// S3CASSANDRA_BIT_FLIPS=1000 makes it the long run, S3CASSANDRA_BIT_FLIP_SEED repeats one.
/// </summary>
public class BitFlipTests(ITestOutputHelper output)
{
    private const string Bucket = "flips";
    private const int FlipsAtOnce = 10;

    private readonly KnownValues _values = new();
    private readonly Dictionary<string, string> _stored = [];
    private int _damaged;
    private int _refusedStarts;

    private static int Flips => Number("S3CASSANDRA_BIT_FLIPS", 100);

    private static int Seed => Number("S3CASSANDRA_BIT_FLIP_SEED", Environment.ProcessId);

    [Fact]
    public async Task Wrong_bytes_are_never_served()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var random = new Random(Seed);
        await StoreAsync(folder["data"], token);
        for (var flipped = 0; flipped < Flips; flipped += FlipsAtOnce)
        {
            // In a copy: what a server does about damage is not to be undone.
            var copy = Copy(folder["data"], folder[$"copy-{flipped}"]);
            var flips = Enumerable.Range(0, FlipsAtOnce).Select(_ => Draw(copy, random)).ToList();
            flips.ForEach(Turn);
            try
            {
                await ReadAllAsync(copy, token);
            }
            catch (WrongAnswerException wrong)
            {
                Assert.Fail($"Seed {Seed}, after turning {string.Join(", ", flips)}: {wrong.Message}");
            }

            Directory.Delete(copy, recursive: true);
        }

        output.WriteLine($"{Flips} bits, seed {Seed}: {_damaged} answers refused or cut, {_refusedStarts} starts refused");
        Assert.True(_damaged + _refusedStarts > 0, "No flip was noticed: nothing was tested.");
        await AssertWholeAsync(folder["data"], token);
    }

    /// <summary>A bit turned in the middle of a large body: fsck names the key, and GET does not end well.</summary>
    [Fact]
    public async Task A_flipped_bit_of_a_body_is_refused_and_found_by_fsck()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await StoreAsync(folder["data"], token);
        var body = Directory.EnumerateFiles(Path.Combine(folder["data"], "blobs"), "*", SearchOption.AllDirectories)
            .First(file => new FileInfo(file).Length > 1 << 20);
        Turn((body, new FileInfo(body).Length / 2, 3));

        var result = await ServerProcess.FsckAsync(folder["data"], token);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(_stored.Keys, key => result.Output.Contains(key, StringComparison.Ordinal));
        await ReadAllAsync(folder["data"], token);
        Assert.True(_damaged > 0);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A random bit of all the folder's bytes; every file that is not empty has at least one chance in fifty.</summary>
    private static (string File, long Offset, int Bit) Draw(string folder, Random random)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => new FileInfo(file))
            .Where(file => file.Length > 0)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .ToList();
        var total = files.Sum(Weight);
        var drawn = random.NextInt64(total);
        var chosen = files.First(file => (drawn -= Weight(file)) < 0);
        return (chosen.FullName, random.NextInt64(chosen.Length), random.Next(8));

        long Weight(FileInfo file) => Math.Max(file.Length, files.Sum(other => other.Length) / 50);
    }

    private static string Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }

        return to;
    }

    private static void Turn((string File, long Offset, int Bit) flip)
    {
        using var file = File.Open(flip.File, FileMode.Open, FileAccess.ReadWrite);
        file.Position = flip.Offset;
        var value = (byte)(file.ReadByte() ^ (1 << flip.Bit));
        file.Position = flip.Offset;
        file.WriteByte(value);
    }

    private async Task StoreAsync(string data, CancellationToken token)
    {
        await using var server = await ServerProcess.StartAsync(new(data), token);
        using var client = new S3Client(server.Endpoint);
        await client.CreateBucketAsync(Bucket, token);
        for (var number = 0; number < 120; number++)
        {
            var size = number % 12 == 0 ? 1_500_000 : number % 3 == 0 ? 60_000 : 2000;
            var (key, id) = ($"key-{number:D3}", ObjectContent.NewId(0, number, size));
            var response = await client.PutAsync(Bucket, key, _values.Add(id, multipart: false), token, ("x-amz-meta-id", id));
            Assert.True(response.IsSuccess, response.Text);
            _stored[key] = id;
        }

        Assert.Equal(0, await server.StopAsync(token));
    }

    private async Task ReadAllAsync(string data, CancellationToken token)
    {
        ServerProcess server;
        try
        {
            server = await ServerProcess.StartAsync(new(data), token);
        }
        catch (InvalidOperationException)
        {
            // A server that does not start on a damaged folder serves no wrong bytes.
            _refusedStarts++;
            return;
        }

        await using var running = server;
        using var client = new S3Client(server.Endpoint);
        foreach (var (key, id) in _stored)
        {
            await ReadAsync(key, id, withBody: true, () => client.GetAsync(Bucket, key, token));
            await ReadAsync(key, id, withBody: false, () => client.HeadAsync(Bucket, key, token));
        }

        Assert.False(server.HasExited, server.Output);
        await server.KillAsync();
    }

    private async Task ReadAsync(string key, string id, bool withBody, Func<Task<S3Response>> send)
    {
        try
        {
            var response = await send();
            if (!response.IsSuccess)
            {
                _damaged++;
            }
            else if (_values.Identify(key, response, withBody) is var found && found != id)
            {
                throw new WrongAnswerException($"{key} answers {found}, stored was {id}");
            }
        }
        catch (HttpRequestException)
        {
            _damaged++;
        }
    }

    private async Task AssertWholeAsync(string data, CancellationToken token)
    {
        (_damaged, _refusedStarts) = (0, 0);
        await ReadAllAsync(data, token);
        Assert.Equal((0, 0), (_damaged, _refusedStarts));
    }
}
