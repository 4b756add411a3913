namespace S3Cassandra.Cql.Connections;

/// <summary>The caller gave a request up. The node may execute it nonetheless.</summary>
internal sealed class CqlRequestCanceledException(bool mayHaveBeenSent, CancellationToken token)
    : OperationCanceledException("The request was cancelled.", token)
{
    /// <summary>False: no byte of it left, it certainly was not and will not be executed.</summary>
    public bool MayHaveBeenSent { get; } = mayHaveBeenSent;
}
