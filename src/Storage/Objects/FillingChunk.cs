using System.IO.Pipelines;

namespace S3Cassandra.Storage.Objects;

/// <summary>A chunk that waits for its client's bytes.</summary>
internal sealed class FillingChunk
{
    private readonly PipeReader _client;
    private volatile bool _gaveWay;

    public FillingChunk(PipeReader client, long since)
    {
        (_client, Since) = (client, since);
        Node = new LinkedListNode<FillingChunk>(this);
    }

    /// <summary>When it began, as <see cref="TimeProvider.GetTimestamp"/> has it.</summary>
    public long Since { get; }

    public LinkedListNode<FillingChunk> Node { get; }

    /// <summary>Whether the wait ended because others needed the memory.</summary>
    public bool GaveWay => _gaveWay;

    public void GiveWay()
    {
        _gaveWay = true;
        _client.CancelPendingRead();
    }
}
