namespace S3Cassandra.Storage;

/// <summary>Stored bytes fail their checksum or cannot be what was written. They are never served.</summary>
public sealed class CorruptDataException : Exception
{
    public CorruptDataException()
    {
    }

    public CorruptDataException(string message)
        : base(message)
    {
    }

    public CorruptDataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
