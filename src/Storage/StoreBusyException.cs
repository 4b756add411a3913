namespace S3Cassandra.Storage;

/// <summary>Memory for bodies ran out and this one was too slow to keep what it had: try again later. Nothing of it is stored.</summary>
public sealed class StoreBusyException : StoreUnavailableException
{
    public StoreBusyException()
    {
    }

    public StoreBusyException(string message)
        : base(message)
    {
    }

    public StoreBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
