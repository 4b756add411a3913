namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Does the same to many shards, several at once.</summary>
internal static class Abreast
{
    /// <summary>How many at once.</summary>
    private const int Width = 16;

    /// <summary>True when all were; after the first that was not, no further one is begun.</summary>
    public static async ValueTask<bool> AllAsync<T>(IReadOnlyList<T> items, Func<T, ValueTask<bool>> act)
    {
        var (next, stop) = (-1, false);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Width, items.Count)).Select(_ => WorkAsync()));
        return !stop;

        async Task WorkAsync()
        {
            while (!Volatile.Read(ref stop) && Interlocked.Increment(ref next) is var place && place < items.Count)
            {
                var done = false;
                try
                {
                    done = await act(items[place]);
                }
                finally
                {
                    if (!done)
                    {
                        Volatile.Write(ref stop, true);
                    }
                }
            }
        }
    }
}
