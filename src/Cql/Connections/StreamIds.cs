namespace S3Cassandra.Cql.Connections;

/// <summary>
/// Hands out stream ids in turn through the protocol's whole range (native_protocol_v4.spec, section 2.3: 0 to 32767). In turn, not the
/// lowest free one: should a server answer twice, the id of the second answer belongs to nobody for the next thirty thousand requests, and
/// the mistake is seen instead of crossing to another request.
/// </summary>
internal sealed class StreamIds
{
    public const int Count = 32 * 1024;
    private int _last = -1;

    /// <summary>The next id to try; it may still be taken by an old request.</summary>
    public short Next() => (short)(Interlocked.Increment(ref _last) & (Count - 1));
}
