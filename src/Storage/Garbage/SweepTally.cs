namespace S3Cassandra.Storage.Garbage;

/// <summary>Counts during a pass; several suspects are looked at at once.</summary>
internal sealed class SweepTally
{
    private int _looked;
    private int _cleared;
    private int _marked;
    private int _freed;
    private int _waiting;
    private int _failures;
    private Exception? _failure;

    public void Look() => Interlocked.Increment(ref _looked);

    public void Clear() => Interlocked.Increment(ref _cleared);

    public void Mark() => Interlocked.Increment(ref _marked);

    public void Free(int blobs) => Interlocked.Add(ref _freed, blobs);

    public void Postpone() => Interlocked.Increment(ref _waiting);

    public void Fail(Exception failure)
    {
        Interlocked.Increment(ref _failures);
        Interlocked.CompareExchange(ref _failure, failure, null);
    }

    public SweepReport Report() => new(_looked, _cleared, _marked, _freed, _waiting, _failures, _failure);
}
