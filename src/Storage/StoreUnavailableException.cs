namespace S3Cassandra.Storage;

/// <summary>The store cannot answer now (disk error, no quorum, closing). Maps to 503; what was under way has an unknown outcome.</summary>
public class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
