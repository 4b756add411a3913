namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>
/// When a pin is told to the other servers. A sweeper frees what was named as released at least two hours ago and seen unreferenced two more,
/// so a reader is safe by that alone for as long as <see cref="UntoldLimit"/>.
/// </summary>
internal sealed record PinTimes
{
    /// <summary>How long a reader has read before its pin is written.</summary>
    public TimeSpan TellAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two writings of a pin, and how often pins are looked at.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a written pin lives in Cassandra.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a reader may go on whose pin was never written.</summary>
    public TimeSpan UntoldLimit { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a reader may go on after its pin was written: half its life, for the nodes' clocks need not agree.</summary>
    public TimeSpan ToldLimit => Lifetime / 2;
}
