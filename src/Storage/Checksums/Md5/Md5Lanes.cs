using System.Buffers;
using System.Collections.Concurrent;

namespace S3Cassandra.Storage.Checksums.Md5;

/// <summary>
/// Hashes what concurrent uploads bring, several messages at once. S3's ETag is an MD5, which is sequential: one message costs 1.3 s of
/// CPU per GiB, the largest part of a PUT. Side by side, four messages take 0.4 s per GiB (docs/decisions/0004-md5-lanes.md).
/// </summary>
internal sealed class Md5Lanes : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Md5Job> _waiting = new();
    private int _workers;
    private int _queued;

    public static Md5Lanes Shared { get; } = new();

    /// <summary>Appends whole blocks; the memory is read until the task ends.</summary>
    public ValueTask AppendAsync(Md5Job job, ReadOnlyMemory<byte> blocks)
    {
        var done = job.Begin(blocks);
        _waiting.Enqueue(job);

        // One worker per set of lanes: two half-full ones would cost twice the time of a full one.
        var queued = Interlocked.Increment(ref _queued);
        var wanted = Math.Min(Environment.ProcessorCount, (queued + Md5Vector.Lanes - 1) / Md5Vector.Lanes);
        var workers = Volatile.Read(ref _workers);
        if (workers < wanted && Interlocked.CompareExchange(ref _workers, workers + 1, workers) == workers)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return done;
    }

    void IThreadPoolWorkItem.Execute()
    {
        var jobs = new List<Md5Job>(Md5Vector.Lanes);
        do
        {
            while (Take(jobs))
            {
                Run(jobs);
            }

            Interlocked.Decrement(ref _workers);

            // Whoever enqueued while this worker was still counted did not start another one.
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _workers, 1, 0) == 0);
    }

    private bool Take(List<Md5Job> jobs)
    {
        jobs.Clear();
        while (jobs.Count < Md5Vector.Lanes && _waiting.TryDequeue(out var job))
        {
            Interlocked.Decrement(ref _queued);
            jobs.Add(job);
        }

        return jobs.Count > 0;
    }

    private static void Run(List<Md5Job> jobs)
    {
        if (jobs.Count == 1 || !Md5Vector.IsSupported)
        {
            foreach (var job in jobs)
            {
                Md5Scalar.Append(job.State, job.Blocks.Span);
                job.Complete();
            }

            return;
        }

        RunSideBySide(jobs);
    }

    private static unsafe void RunSideBySide(List<Md5Job> jobs)
    {
        var pins = new MemoryHandle[jobs.Count];
        var states = new Md5State[Md5Vector.Lanes];
        var lanes = stackalloc byte*[Md5Vector.Lanes];
        var spare = new Md5State();
        var shortest = int.MaxValue;
        for (var i = 0; i < jobs.Count; i++)
        {
            pins[i] = jobs[i].Blocks.Pin();
            shortest = Math.Min(shortest, jobs[i].Blocks.Length & ~63);
        }

        for (var i = 0; i < Md5Vector.Lanes; i++)
        {
            states[i] = i < jobs.Count ? jobs[i].State : spare;
            lanes[i] = (byte*)pins[Math.Min(i, jobs.Count - 1)].Pointer;
        }

        Md5Vector.Append(states, lanes, shortest / 64);
        for (var i = 0; i < jobs.Count; i++)
        {
            pins[i].Dispose();
            Md5Scalar.Append(jobs[i].State, jobs[i].Blocks.Span[shortest..]);
            jobs[i].Complete();
        }
    }
}
