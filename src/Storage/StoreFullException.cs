namespace S3Cassandra.Storage;

/// <summary>The device is full: writes answer 507, reads and deletes go on.</summary>
public sealed class StoreFullException : StoreUnavailableException
{
    public StoreFullException()
    {
    }

    public StoreFullException(string message)
        : base(message)
    {
    }

    public StoreFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
