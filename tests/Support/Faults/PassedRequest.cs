namespace S3Cassandra.Support.Faults;

/// <summary>A request that goes to the node, and what is to happen to it.</summary>
internal sealed class PassedRequest(CqlFrame request, CqlFault fault)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CqlFrame Request => request;

    public CqlFault Fault => fault;

    /// <summary>Completes when the node has answered it, or is gone.</summary>
    public Task Ended => _ended.Task;

    public void End()
    {
        _ended.TrySetResult();
        fault.Answered?.TrySetResult();
    }
}
