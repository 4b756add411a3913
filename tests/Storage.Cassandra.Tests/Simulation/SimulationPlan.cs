namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>How bad a run is, drawn from its seed.</summary>
/// <param name="Unknown">The chance that a request gets no answer.</param>
/// <param name="Crash">The chance per step that a server dies.</param>
/// <param name="Pause">The chance per step that a server is paused.</param>
/// <param name="Late">The chance per step that a late write applies.</param>
/// <param name="Servers">How many servers.</param>
/// <param name="Keys">How many keys.</param>
/// <param name="Skew">Whether clocks differ.</param>
internal sealed record SimulationPlan(double Unknown, double Crash, double Pause, double Late, int Servers, int Keys, bool Skew)
{
    public static SimulationPlan Draw(Random random) => new(
        Pick(random, 0.02, 0.08, 0.15),
        Pick(random, 0, 0.0008, 0.002),
        Pick(random, 0, 0.001, 0.004),
        Pick(random, 0.01, 0.04, 0.1),
        random.Next(2, 4),
        Pick(random, 3, 6, 9),
        random.Next(4) == 0);

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
