namespace S3Cassandra.Storage.Cassandra.Suspects;

/// <summary>A partition of <c>suspect</c>: the hour (since 1970) that its namings carry, and the slot within it.</summary>
internal readonly record struct SuspectHour(int Slot, long Hour)
{
    public DateTimeOffset Start => DateTimeOffset.UnixEpoch.AddHours(Hour);

    public static long Of(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerHour;
}
