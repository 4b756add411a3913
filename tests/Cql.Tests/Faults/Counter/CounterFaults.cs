using S3Cassandra.Support.Faults;

namespace S3Cassandra.Cql.Tests.Faults.Counter;

/// <summary>
/// Of the conditional statements, settlements included, 1 in 25 meets a fault: the connection is cut, before it is sent or after, or the
/// statement arrives late, with its connection cut at once or not. Delays are of every size: from a millisecond to 20 s.
/// </summary>
internal sealed class CounterFaults
{
    private const double Rate = 1 / 25.0;
    private const double LongestMilliseconds = 20_000;
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _late;

    public long Late => Interlocked.Read(ref _late);

    public CqlFault? Of(CqlFrame request)
    {
        if (request.Opcode != CqlOpcode.Execute || !request.IsConditional || Random.Shared.NextDouble() >= Rate)
        {
            return null;
        }

        switch (Random.Shared.Next(8))
        {
            case 0:
                return CqlFault.CutBefore;
            case 1:
                return CqlFault.CutAfterRequest;
            case 2:
                return CqlFault.CutInsteadOfAnswer;
            case 3:
                Interlocked.Increment(ref _late);
                return CqlFault.Hold(Delay());
            default:
                Interlocked.Increment(ref _late);
                return CqlFault.CutAndHold(Delay());
        }
    }

    /// <summary>Lets go of what is still held: the run is over, nobody waits for it.</summary>
    public void Release() => _release.TrySetResult();

    private Task<Task> Delay()
    {
        var milliseconds = Math.Pow(LongestMilliseconds, Random.Shared.NextDouble());
        return Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(milliseconds)), _release.Task);
    }
}
