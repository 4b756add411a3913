using System.Buffers;
using System.IO.Pipelines;

namespace S3Cassandra.S3Server.Tests.Http.Forms;

/// <summary>
/// A pipe whose bytes come in the pieces that a test says, each a segment of its own, one more for each read of who has examined all that came
/// before: nothing here depends on who runs when.
/// </summary>
internal sealed class PieceReader(IEnumerable<byte[]> pieces) : PipeReader
{
    private readonly Queue<byte[]> _coming = new(pieces.Where(piece => piece.Length > 0));
    private readonly List<ReadOnlyMemory<byte>> _held = [];
    private ReadOnlySequence<byte> _read;
    private bool _isExamined = true;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_isExamined && _coming.TryDequeue(out var piece))
        {
            _held.Add(piece);
        }

        _read = Sequence();
        return ValueTask.FromResult(new ReadResult(_read, isCanceled: false, isCompleted: _coming.Count == 0));
    }

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _isExamined = _read.Slice(examined).IsEmpty;
        var left = _read.Slice(consumed);
        _held.Clear();
        foreach (var segment in left)
        {
            if (!segment.IsEmpty)
            {
                _held.Add(segment);
            }
        }
    }

    public override void CancelPendingRead() => throw new NotSupportedException();

    public override void Complete(Exception? exception = null)
    {
    }

    private ReadOnlySequence<byte> Sequence()
    {
        if (_held.Count == 0)
        {
            return ReadOnlySequence<byte>.Empty;
        }

        var first = new Piece(_held[0], null);
        var last = _held.Skip(1).Aggregate(first, (before, memory) => new Piece(memory, before));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                before.Next = this;
                RunningIndex = before.RunningIndex + before.Memory.Length;
            }
        }
    }
}
