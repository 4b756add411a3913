using System.Threading.Tasks.Sources;

namespace S3Cassandra.Storage.Checksums.Md5;

/// <summary>Whole blocks of one message, waiting for a lane. Reused by its stream: one job of a message is under way at a time.</summary>
internal sealed class Md5Job(Md5State state) : IValueTaskSource
{
    // Continuations run elsewhere: the worker must not be held up by what a stream does next.
    private ManualResetValueTaskSourceCore<bool> _done = new() { RunContinuationsAsynchronously = true };

    public Md5State State => state;

    public ReadOnlyMemory<byte> Blocks { get; private set; }

    public ValueTask Begin(ReadOnlyMemory<byte> blocks)
    {
        Blocks = blocks;
        _done.Reset();
        return new ValueTask(this, _done.Version);
    }

    public void Complete() => _done.SetResult(true);

    public void GetResult(short token) => _done.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _done.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);
}
