using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Blobs;
using S3Cassandra.Storage.Cassandra.Parts;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Suspects;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Blobs;

/// <summary>Blobs, suspects and parts in Cassandra; rows in memory.</summary>
internal sealed class BodiesStore : IStore
{
    private BodiesStore(CassandraBlobStore blobs, SuspectTable suspects, PartTable parts)
    {
        CassandraBlobs = blobs;
        Suspects = suspects;
        Parts = parts;
        Index = new BodiesIndex(suspects, parts);
    }

    public CassandraBlobStore CassandraBlobs { get; }

    public SuspectTable Suspects { get; }

    public PartTable Parts { get; }

    public IObjectIndex Index { get; }

    public IBlobStore Blobs => CassandraBlobs;

    public ICatalog Catalog => throw new NotSupportedException();

    /// <summary>Chunks of 16 KiB, 64 of them in the pool. The tables are emptied.</summary>
    public static async ValueTask<BodiesStore> EmptyAsync(CassandraKeyspace keyspace, TimeProvider clock)
    {
        await keyspace.TruncateAsync("blob", "pin", "suspect", "suspect_hour", "part");
        return await OpenAsync(keyspace, clock);
    }

    public static async ValueTask<BodiesStore> OpenAsync(CassandraKeyspace keyspace, TimeProvider clock, PinTimes? pins = null)
    {
        var runner = new StatementRunner(keyspace.Session, new StatementOptions { Timeout = TimeSpan.FromSeconds(30) });
        var suspects = await SuspectTable.OpenAsync(runner, clock, CancellationToken.None);
        var options = new BlobStoreOptions { ChunkSize = 16 * 1024, ChunkPoolBytes = 64 * 16 * 1024, Pins = pins ?? new PinTimes() };
        return new BodiesStore(
            await CassandraBlobStore.OpenAsync(keyspace.Session, runner, suspects, options, clock, CancellationToken.None),
            suspects,
            await PartTable.OpenAsync(runner, CancellationToken.None));
    }

    public ValueTask DisposeAsync() => CassandraBlobs.DisposeAsync();
}
