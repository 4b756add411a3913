using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// How many requests are answered at once: whoever comes beyond them is told at once to slow down, before anything of the request is looked
/// at. There is no queue to grow old in.
/// </summary>
internal sealed class RequestAdmission(EdgeLimits limits)
{
    private int _admitted;

    /// <summary>Whether there is room; then <see cref="Leave"/> must follow.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _admitted) <= limits.Requests)
        {
            return true;
        }

        Interlocked.Decrement(ref _admitted);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _admitted);
}
