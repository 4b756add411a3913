using System.Runtime.CompilerServices;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// Waits for the next frame, and tells those whose answers have been read meanwhile: on this thread when nothing more is there to be read,
/// and only once it is certain that another thread goes on when something comes; on another when this one goes on reading at once.
/// </summary>
internal readonly struct NextFrame(ValueTask<(FrameHeader Header, PooledBuffer Body)?> reading, AnsweredRequests answered) : ICriticalNotifyCompletion
{
    private readonly ValueTaskAwaiter<(FrameHeader Header, PooledBuffer Body)?> _reading = reading.GetAwaiter();

    public bool IsCompleted
    {
        get
        {
            if (!_reading.IsCompleted)
            {
                return false;
            }
            answered.Schedule();
            return true;
        }
    }

    public NextFrame GetAwaiter() => this;

    public (FrameHeader Header, PooledBuffer Body)? GetResult() => _reading.GetResult();

    public void OnCompleted(Action continuation)
    {
        _reading.OnCompleted(continuation);
        answered.Tell();
    }

    public void UnsafeOnCompleted(Action continuation)
    {
        _reading.UnsafeOnCompleted(continuation);
        answered.Tell();
    }
}
