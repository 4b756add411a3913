namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>How a writer finds out what became of an increment whose outcome is unknown.</summary>
internal interface ISettlement
{
    /// <summary>Whether the increment counts.</summary>
    /// <param name="number">The increment's number among the writer's own.</param>
    /// <param name="seen">What its condition was.</param>
    Task<bool> IsAppliedAsync(CounterTable table, Guid writer, long number, CounterState seen, CancellationToken token);
}
