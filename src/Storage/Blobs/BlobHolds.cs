using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Blobs;

/// <summary>Which blobs a live writer or a pin holds: those are not deleted.</summary>
internal sealed class BlobHolds
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlobId, int> _pins = [];
    private readonly HashSet<BlobId> _writing = [];

    public void Pin(BlobId blob)
    {
        lock (_gate)
        {
            _pins[blob] = _pins.GetValueOrDefault(blob) + 1;
        }
    }

    public void Release(BlobId blob)
    {
        lock (_gate)
        {
            if (--_pins[blob] == 0)
            {
                _pins.Remove(blob);
            }
        }
    }

    public void BeginWriting(BlobId blob)
    {
        lock (_gate)
        {
            _writing.Add(blob);
        }
    }

    public void EndWriting(BlobId blob)
    {
        lock (_gate)
        {
            _writing.Remove(blob);
        }
    }

    public bool IsBeingWritten(BlobId blob)
    {
        lock (_gate)
        {
            return _writing.Contains(blob);
        }
    }

    /// <summary>Whether it may be deleted. Whoever pins it a moment later might as well have come after the deletion.</summary>
    public bool IsFree(BlobId blob)
    {
        lock (_gate)
        {
            return !_pins.ContainsKey(blob) && !_writing.Contains(blob);
        }
    }
}
