namespace S3Cassandra.Storage.Blobs;

/// <summary>Keeps a blob readable although nothing refers to it any more, until disposed. A reader that takes long holds one.</summary>
public interface IBlobPin : IDisposable
{
    /// <summary>False once the pin could not be kept fresh: the reader must break off.</summary>
    bool IsFresh { get; }
}
