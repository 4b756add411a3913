using System.Globalization;

namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>
/// The product's index, replacements, deletions and sweepers over tables in memory whose writes come late, once or never. A violation names
/// its seed; <c>S3CASSANDRA_SIMULATION_FIRST=that S3CASSANDRA_SIMULATION_SEEDS=1</c> runs it again, and larger numbers of seeds run longer (tests/README.md).
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>A guard that is missing is noticed well within these.</summary>
    private const int SeedsWithoutGuard = 3_000;

    public static TheoryData<Guard> Guards => [.. Enum.GetValues<Guard>()];

    [Fact]
    public void Nothing_is_lost_or_torn_whatever_comes_late_dies_or_pauses()
    {
        var first = Setting("S3CASSANDRA_SIMULATION_FIRST", 0);
        var seeds = Setting("S3CASSANDRA_SIMULATION_SEEDS", 2_000);
        for (var seed = first; seed < first + seeds; seed++)
        {
            new SimulationRun(seed).Execute();
        }

        output.WriteLine($"{seeds} seeds from {first}: no violation");
    }

    [Theory]
    [MemberData(nameof(Guards))]
    public void Without_a_guard_it_is_noticed(Guard guard)
    {
        for (var seed = 0; seed < SeedsWithoutGuard; seed++)
        {
            try
            {
                new SimulationRun(seed, guard).Execute();
            }
            catch (ViolationException violation)
            {
                output.WriteLine(violation.Message);
                return;
            }
        }

        Assert.Fail($"{SeedsWithoutGuard} seeds, and nothing noticed that {guard} was missing.");
    }

    [Fact]
    public void A_seed_runs_the_same_way_again()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (run, again) = (new SimulationRun(seed), new SimulationRun(seed));
            run.Execute();
            again.Execute();
            Assert.Equal(run.Trace, again.Trace);
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
