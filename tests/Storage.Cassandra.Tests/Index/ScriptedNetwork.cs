using System.Collections.Concurrent;
using S3Cassandra.Storage.Cassandra.Tests.Simulation;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary>Conditional writes go as scripted, one entry each; when the script is over, all is well.</summary>
internal sealed class ScriptedNetwork : INetwork
{
    private readonly ConcurrentQueue<Fate> _script = new();
    private readonly ConcurrentQueue<Action> _late = new();
    private int _conditional;

    /// <summary>What becomes of a conditional write.</summary>
    internal enum Fate
    {
        Answered,

        /// <summary>It applies, and its answer is lost.</summary>
        Unanswered,

        /// <summary>It never arrives.</summary>
        Lost,

        /// <summary>It arrives when <see cref="Deliver"/> is called.</summary>
        Late,
    }

    /// <summary>Conditional writes so far.</summary>
    public int Conditional => Volatile.Read(ref _conditional);

    /// <summary>While true, every conditional write is lost.</summary>
    public bool IsCut { get; set; }

    public void Then(params Fate[] fates) => Array.ForEach(fates, _script.Enqueue);

    public void Deliver()
    {
        while (_late.TryDequeue(out var write))
        {
            write();
        }
    }

    public ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        lock (_late)
        {
            return ValueTask.FromResult(read());
        }
    }

    public async ValueTask<T> ConditionalAsync<T>(Func<T> write, T unknown, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _conditional);

        // An answer takes a while: others queue meanwhile.
        await Task.Yield();
        if (IsCut || !_script.TryDequeue(out var fate))
        {
            fate = IsCut ? Fate.Lost : Fate.Answered;
        }

        if (fate == Fate.Late)
        {
            _late.Enqueue(() => write());
        }

        lock (_late)
        {
            return fate switch
            {
                Fate.Answered => write(),
                Fate.Unanswered when write() is not null => unknown,
                _ => unknown,
            };
        }
    }

    public ValueTask PlainAsync(Action write, CancellationToken cancellationToken)
    {
        lock (_late)
        {
            write();
        }

        return ValueTask.CompletedTask;
    }
}
