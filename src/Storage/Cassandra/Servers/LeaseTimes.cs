namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>
/// How long leases last. Nobody's clock is compared with another's: a holder counts from before it wrote, who wants to take over from after
/// it read, each by a clock of its own that only has to run at about the right speed.
/// </summary>
internal sealed record LeaseTimes
{
    /// <summary>Between two renewals.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a holder may act on a renewal.</summary>
    public TimeSpan Act { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a lease must be seen without a renewal before another takes it: well above <see cref="Act"/>.</summary>
    public TimeSpan Take { get; init; } = TimeSpan.FromSeconds(180);
}
