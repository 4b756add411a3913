using System.Globalization;
using S3Cassandra.Reliability.Tests.Load;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Kill;

/// <summary>
/// <c>kill -9</c> under load. S3CASSANDRA_KILL_ROUNDS=1000 makes it the long run (about an hour and a half on two cores),
/// S3CASSANDRA_KILL_SEED repeats one.
/// </summary>
public class KillTests(ITestOutputHelper output)
{
    private static int Rounds => Number("S3CASSANDRA_KILL_ROUNDS", 20);

    private static int Seed => Number("S3CASSANDRA_KILL_SEED", Environment.ProcessId);

    /// <summary>Every crash point in the sources of what runs on the embedded store.</summary>
    public static TheoryData<string> CrashPoints =>
        [.. CrashPointSources.Without("Cassandra").SelectMany(CrashPointSources.NamesIn).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_torn_by_kill()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var rounds = new KillRounds(folder["data"], Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await AtRoundAsync(round, rounds.RunAsync(round, null, token));
        }

        await AtRoundAsync(Rounds, rounds.FinishAsync(token));
        output.WriteLine($"{Rounds} rounds, seed {Seed}: {rounds.Operations} operations, {rounds.Objects} objects at the end");
        output.WriteLine($"ready after a kill within {rounds.SlowestStart.TotalSeconds:F1} s (aim: 5 s)");
    }

    [Theory]
    [MemberData(nameof(CrashPoints))]
    public async Task Nothing_acknowledged_is_lost_or_torn_at_a_crash_point(string crashPoint)
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var rounds = new KillRounds(folder["data"], Seed);
        var reached = 0;
        int[] hits = ManyPartsUpload.LeadsTo(crashPoint) ? [1] : [1, 5];
        foreach (var (round, hit) in hits.Index())
        {
            reached += await rounds.RunAsync(round, $"{crashPoint}:{hit}", token) ? 1 : 0;
        }

        await rounds.FinishAsync(token);
        Assert.True(reached > 0, $"The load never reaches {crashPoint}.");
    }

    private static async Task AtRoundAsync(int round, Task work)
    {
        try
        {
            await work;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Round {round}, seed {Seed}: {exception.Message}", exception);
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
