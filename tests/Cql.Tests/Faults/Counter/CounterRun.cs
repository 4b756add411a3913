namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>How a run ended.</summary>
/// <param name="Counter">The counter's value at the end.</param>
/// <param name="Counted">Increments that were acknowledged, or settled as applied.</param>
/// <param name="Unknown">Increments whose outcome was unknown at first.</param>
/// <param name="Late">Statements that the proxy held back.</param>
internal sealed record CounterRun(long Counter, long Counted, long Unknown, long Late)
{
    /// <summary>What had been said of increments that were found applied afterwards, though they did not count.</summary>
    public IReadOnlyList<string> Surprises { get; init; } = [];

    public override string ToString() =>
        $"counter {Counter}, counted {Counted}, unknown at first {Unknown}, late {Late}; applied after all: {string.Join("; ", Surprises.GroupBy(said => said).Select(said => $"{said.Count()} x {said.Key}"))}";
}
