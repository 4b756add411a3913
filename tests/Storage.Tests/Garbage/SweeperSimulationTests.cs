using S3Cassandra.Storage.Tests.Garbage.Simulation;

namespace S3Cassandra.Storage.Tests.Garbage;

/// <summary>
/// The sweeper never frees what a row refers to or a reader has pinned, and frees all else, whatever the order of things. A seed that
/// fails is named; S3CASSANDRA_SIMULATION_SEEDS and S3CASSANDRA_SIMULATION_STEPS make a long run of it.
/// </summary>
public class SweeperSimulationTests(ITestOutputHelper output)
{
    private static readonly int Seeds = Number("S3CASSANDRA_SIMULATION_SEEDS", 25);
    private static readonly int Steps = Number("S3CASSANDRA_SIMULATION_STEPS", 20_000);

    [Fact]
    public async Task Nothing_that_is_needed_is_freed_and_all_else_is()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var violations = await RunAsync(seed, PlantedBug.None);
            Assert.True(violations.Count == 0, $"Seed {seed}: {string.Join("; ", violations.Take(5))}");
        }
    }

    [Theory]
    [InlineData(PlantedBug.NoFence)]
    [InlineData(PlantedBug.NoPins)]
    [InlineData(PlantedBug.NoManifests)]
    [InlineData(PlantedBug.NoSecondLook)]
    public async Task A_sweeper_with_a_rule_taken_away_is_caught(PlantedBug bug)
    {
        for (var seed = 100; seed < 300; seed++)
        {
            var violations = await RunAsync(seed, bug);
            if (violations.Count > 0)
            {
                output.WriteLine($"{bug} caught at seed {seed}: {violations[0]}");
                return;
            }
        }

        Assert.Fail($"{bug} was never noticed.");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;

    /// <summary>Off the test's synchronization context: one thread, one order.</summary>
    private Task<List<string>> RunAsync(int seed, PlantedBug bug) => Task.Run(async () =>
    {
        await using var store = await new SweeperSimulation(seed, Steps, bug) { Trace = output.WriteLine }.RunAsync();
        return store.Violations;
    });
}
