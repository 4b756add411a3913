namespace S3Cassandra.Storage.Contract.Faults;

/// <summary>Runs one call of a seam under the fault that the plan chose for it.</summary>
internal static class FaultyCall
{
    /// <summary>A read, or a write without an outcome of its own: Unknown becomes an exception.</summary>
    public static async ValueTask<T> RunAsync<T>(this FaultPlan plan, string call, bool isWrite, Func<ValueTask<T>> inner)
    {
        var fault = await plan.NextAsync(call);
        switch (fault)
        {
            case Fault.Unavailable or Fault.UnknownNotApplied:
                throw Unavailable(call);
            case Fault.UnavailableApplied or Fault.UnknownApplied:
                await inner();
                throw Unavailable(call);
            case Fault.UnknownAppliedLater when isWrite:
                plan.Postpone(async () => await inner());
                throw Unavailable(call);
            case Fault.Full when isWrite:
                throw new StoreFullException($"{call}: injected.");
            default:
                return await inner();
        }
    }

    /// <summary>A conditional write, which can answer Unknown.</summary>
    public static async ValueTask<T> RunAsync<T>(this FaultPlan plan, string call, T unknown, Func<ValueTask<T>> inner)
    {
        var fault = await plan.NextAsync(call);
        switch (fault)
        {
            case Fault.Unavailable:
                throw Unavailable(call);
            case Fault.UnavailableApplied:
                await inner();
                throw Unavailable(call);
            case Fault.Full:
                throw new StoreFullException($"{call}: injected.");
            case Fault.UnknownNotApplied:
                return unknown;
            case Fault.UnknownApplied:
                await inner();
                return unknown;
            case Fault.UnknownAppliedLater:
                plan.Postpone(async () => await inner());
                return unknown;
            default:
                return await inner();
        }
    }

    public static async ValueTask RunAsync(this FaultPlan plan, string call, Func<ValueTask> inner) =>
        await plan.RunAsync(call, isWrite: true, async () =>
        {
            await inner();
            return true;
        });

    private static StoreUnavailableException Unavailable(string call) => new($"{call}: injected.");
}
