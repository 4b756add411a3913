namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>
/// Decides who goes next: every call on the store waits here for its turn, and the simulation lets one go at a time. Continuations run on
/// the thread that releases them, so that a seed decides everything.
/// </summary>
internal sealed class Turns(Random random)
{
    private readonly List<TaskCompletionSource> _waiting = [];

    public int Waiting => _waiting.Count;

    public Task NextAsync()
    {
        var turn = new TaskCompletionSource();
        _waiting.Add(turn);
        return turn.Task;
    }

    /// <summary>Lets a random one go on until its next call; false when nobody waits.</summary>
    public bool Release()
    {
        if (_waiting.Count == 0)
        {
            return false;
        }

        var next = random.Next(_waiting.Count);
        var turn = _waiting[next];
        _waiting.RemoveAt(next);
        turn.SetResult();
        return true;
    }

    /// <summary>Whoever waits never goes on: a crash.</summary>
    public void Abandon() => _waiting.Clear();
}
