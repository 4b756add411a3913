namespace S3Cassandra.Storage.Index;

/// <summary>A page of a scan, in order. Disposing it gives its pooled memory back.</summary>
/// <param name="epoch">The bucket's configuration epoch when the page was read.</param>
/// <param name="rows">The rows.</param>
/// <param name="more">Whether rows of the range follow; false only when the range is known to be exhausted.</param>
/// <param name="memory">The memory that the rows point into, if it is pooled.</param>
public sealed class ScanPage(int epoch, IReadOnlyList<ScannedRow> rows, bool more, IDisposable? memory) : IDisposable
{
    public int Epoch => epoch;

    public IReadOnlyList<ScannedRow> Rows => rows;

    public bool More => more;

    public void Dispose() => memory?.Dispose();
}
