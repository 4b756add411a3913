using System.IO.Pipelines;

namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>A client that takes what it reads slowly: every chunk costs some turns.</summary>
internal sealed class SlowReader(Turns turns, int turnsPerChunk) : PipeWriter
{
    private readonly List<byte> _bytes = [];
    private byte[] _buffer = [];

    public byte[] Bytes => [.. _bytes];

    public override void Advance(int bytes) => _bytes.AddRange(_buffer.AsSpan(0, bytes));

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer = new byte[Math.Max(sizeHint, 256)];

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        for (var turn = 0; turn < turnsPerChunk; turn++)
        {
            await turns.NextAsync();
        }

        return default;
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }
}
