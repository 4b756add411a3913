using S3Cassandra.Storage.Embedded.Files;

namespace S3Cassandra.Storage.Embedded;

/// <summary>
/// Whether the store may still acknowledge writes. A failed write or fsync is final: what the kernel then holds in memory is not what the
/// disk holds, and a second fsync would say "fine" (https://lwn.net/Articles/752063/). Reads go on; only a restart, which reads the disk,
/// makes it writable again.
/// </summary>
internal sealed class StoreHealth
{
    private volatile string? _failure;

    public string? Failure => _failure;

    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new StoreUnavailableException($"The store takes no writes until it is restarted: {failure}");
        }
    }

    public StoreUnavailableException Fail(string what)
    {
        _failure ??= what;
        return new StoreUnavailableException($"The store takes no writes until it is restarted: {what}");
    }

    /// <summary>
    /// The exception for a failed system call that was to write. A full device recovers, and so does a process that has too many files open:
    /// then nothing was written, and nothing was lost. Everything else is final.
    /// </summary>
    public StoreUnavailableException FailedWrite(string what, int error)
    {
        var said = $"{what}: error {error} ({System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)}).";
        return error switch
        {
            Posix.NoSpace or Posix.QuotaExceeded => new StoreFullException($"No space left: {what}."),
            Posix.TooManyOpenHere or Posix.TooManyOpen => new StoreUnavailableException(said),
            _ => Fail(said),
        };
    }
}
