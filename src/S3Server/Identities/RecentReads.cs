using System.Collections.Concurrent;
using S3Cassandra.Storage;

namespace S3Cassandra.S3Server.Identities;

/// <summary>
/// What was read of something at most two seconds ago, by key; that there is nothing is remembered as well. What is asked for after one
/// second is read again in the background, so that no request waits for what is in use. What this process changes it forgets at once.
/// </summary>
internal sealed class RecentReads<T>(Func<string, CancellationToken, ValueTask<T?>> read, TimeProvider time)
    where T : class
{
    /// <summary>What only decides access may be this old (design, section 5).</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RenewalAge = TimeSpan.FromSeconds(1);

    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>Forgets everything; a read under way does not count any more.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _generation++;
            _entries.Clear();
        }
    }

    public ValueTask<T?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return ReadAsync(key, cancellationToken);
        }

        var age = time.GetElapsedTime(entry.Read);
        if (age >= MaxAge)
        {
            return ReadAsync(key, cancellationToken);
        }

        if (age >= RenewalAge && entry.TryRenew())
        {
            _ = RenewAsync(key);
        }

        return ValueTask.FromResult(entry.Value);
    }

    private async Task RenewAsync(string key)
    {
        try
        {
            await Task.Yield();
            await ReadAsync(key, CancellationToken.None);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or CorruptDataException or ObjectDisposedException or InvalidOperationException)
        {
            // Who asks once the entry is too old gets the failure.
        }
    }

    private async ValueTask<T?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var generation = Volatile.Read(ref _generation);
        var began = time.GetTimestamp();
        var value = await read(key, cancellationToken);
        lock (_gate)
        {
            if (generation == _generation)
            {
                if (_entries.Count >= Capacity)
                {
                    _entries.Clear();
                }

                _entries[key] = new Entry(value, began);
            }
        }

        return value;
    }

    private sealed class Entry(T? value, long read)
    {
        private int _isRenewed;

        public T? Value => value;

        public long Read => read;

        /// <summary>True to the first who asks.</summary>
        public bool TryRenew() => Interlocked.Exchange(ref _isRenewed, 1) == 0;
    }
}
