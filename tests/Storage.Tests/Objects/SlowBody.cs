using System.IO.Pipelines;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>A body that comes when the test writes it.</summary>
internal sealed class SlowBody : IObjectBody
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowBody() => Reader = new Noticing(_pipe.Reader, _taken);

    public PipeWriter Writer => _pipe.Writer;

    /// <summary>Ends when the first bytes were taken and more are waited for.</summary>
    public Task Taken => _taken.Task;

    public PipeReader Reader { get; }

    public long? Length => null;

    public ChecksumAlgorithm? Algorithm => null;

    public bool NeedsSha256 => false;

    public bool Accept(BodyDigests digests) => true;

    private sealed class Noticing(PipeReader inner, TaskCompletionSource taken) : PipeReader
    {
        private bool _advanced;

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            _advanced = true;
            inner.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var read = inner.ReadAsync(cancellationToken);
            if (_advanced)
            {
                taken.TrySetResult();
            }

            return read;
        }

        public override bool TryRead(out ReadResult result) => inner.TryRead(out result);
    }
}
