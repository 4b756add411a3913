namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// Limits how often somebody may fail to say who he is to IAM and STS: by source, and by source and access key id. Buckets of a fixed table,
/// found by a hash that is seeded per process, each refilled with time; two that share a slot share its patience. Who is right pays nothing.
/// S3's own requests do not come here: their secrets are too long to be guessed and their answers are uniform.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="hash">Finds a name's slot; null: .NET's, seeded per process, so that nobody can choose whose patience he shares.</param>
internal sealed class RefusalLimits(TimeProvider time, Func<string, int>? hash = null)
{
    private const int Slots = 4096;

    /// <summary>So many failures at once, and how many a second after that.</summary>
    private const int SourceBurst = 200;
    private const int SourceRate = 5;
    private const int KeyBurst = 50;
    private const int KeyRate = 1;

    private readonly Bucket[] _sources = Make();
    private readonly Bucket[] _keys = Make();

    /// <summary>Whether a request may be looked at; asked before anything is.</summary>
    public bool MayTry(string source, string accessKeyId) =>
        Of(_sources, source).HasAny(time.GetTimestamp(), time, SourceBurst, SourceRate)
        && Of(_keys, source + "/" + accessKeyId).HasAny(time.GetTimestamp(), time, KeyBurst, KeyRate);

    /// <summary>Says that a request failed to prove who sent it.</summary>
    public void Failed(string source, string accessKeyId)
    {
        Of(_sources, source).Take(time.GetTimestamp(), time, SourceBurst, SourceRate);
        Of(_keys, source + "/" + accessKeyId).Take(time.GetTimestamp(), time, KeyBurst, KeyRate);
    }

    private Bucket Of(Bucket[] buckets, string name) =>
        buckets[(uint)(hash?.Invoke(name) ?? string.GetHashCode(name, StringComparison.Ordinal)) % Slots];

    private static Bucket[] Make()
    {
        var buckets = new Bucket[Slots];
        for (var index = 0; index < Slots; index++)
        {
            buckets[index] = new Bucket();
        }

        return buckets;
    }

    private sealed class Bucket
    {
        private readonly Lock _lock = new();
        private double _taken;
        private long _at;

        public bool HasAny(long now, TimeProvider time, int burst, int rate)
        {
            lock (_lock)
            {
                Refill(now, time, rate);
                return _taken < burst;
            }
        }

        public void Take(long now, TimeProvider time, int burst, int rate)
        {
            lock (_lock)
            {
                Refill(now, time, rate);
                _taken = Math.Min(burst, _taken + 1);
            }
        }

        private void Refill(long now, TimeProvider time, int rate)
        {
            if (_taken > 0)
            {
                _taken = Math.Max(0, _taken - (time.GetElapsedTime(_at, now).TotalSeconds * rate));
            }

            _at = now;
        }
    }
}
