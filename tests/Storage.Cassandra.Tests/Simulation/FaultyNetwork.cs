namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>Requests arrive in any order; conditional writes late, never, or without an answer; plain writes more than once.</summary>
internal sealed class FaultyNetwork(Simulation simulation, SimulatedServer server) : INetwork
{
    private enum Fate
    {
        Arrives,
        Lost,
        Late,
        AnswerLost,
    }

    public async ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            var isLost = simulation.Faults && simulation.Chance(simulation.Plan.Unknown);
            var answer = New<T?>(cancellationToken);
            T? value = default;
            simulation.Send(new SimulatedRequest(server, () => value = read(), () => answer.TrySetResult(value)));
            var result = await answer.Task;
            if (!isLost)
            {
                return result!;
            }
        }
    }

    public async ValueTask<T> ConditionalAsync<T>(Func<T> write, T unknown, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = New<T>(cancellationToken);
        var result = unknown;
        var fate = Draw();
        switch (fate)
        {
            case Fate.Arrives:
                simulation.Send(new SimulatedRequest(server, () => result = write(), () => answer.TrySetResult(result)));
                break;
            case Fate.AnswerLost:
                simulation.Send(new SimulatedRequest(server, () => write(), () => answer.TrySetResult(unknown)));
                break;
            default:
                if (fate == Fate.Late)
                {
                    simulation.SendLate(() => write());
                }

                simulation.Send(new SimulatedRequest(server, null, () => answer.TrySetResult(unknown)));
                break;
        }

        return await answer.Task;
    }

    public async ValueTask PlainAsync(Action write, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = New<bool>(cancellationToken);
            var fate = Draw();
            if (fate == Fate.Late)
            {
                simulation.SendLate(write);
            }

            simulation.Send(new SimulatedRequest(
                server, fate is Fate.Arrives or Fate.AnswerLost ? write : null, () => answer.TrySetResult(fate == Fate.Arrives)));
            if (await answer.Task)
            {
                return;
            }
        }
    }

    private static TaskCompletionSource<T> New<T>(CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource<T>();
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource<T>)state!).TrySetCanceled(), source);
        }

        return source;
    }

    private Fate Draw() =>
        simulation.Faults && simulation.Chance(simulation.Plan.Unknown)
            ? simulation.Pick([Fate.Lost, Fate.Late, Fate.Late, Fate.AnswerLost])
            : Fate.Arrives;
}
