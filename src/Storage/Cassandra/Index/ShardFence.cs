using S3Cassandra.Storage.Cassandra.Tables;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>This server's entry in a shard's <c>done</c>: what its next batch is conditioned on, and a number for it that it never used.</summary>
internal sealed class ShardFence(IncarnationId server)
{
    /// <summary>The entry as it certainly is; null: none.</summary>
    public long? Previous { get; private set; }

    /// <summary>False before the shard's statics were read, and where they turned out otherwise.</summary>
    public bool IsKnown { get; private set; }

    public long Next => Previous is { } previous ? Math.Abs(previous) + 1 : 1;

    public void Learn(ShardStatics statics) => Set(Of(statics));

    public void Set(long? entry) => (Previous, IsKnown) = (entry, true);

    public void Forget() => IsKnown = false;

    public long? Of(ShardStatics statics) => statics.Done.TryGetValue(server, out var entry) ? entry : null;
}
