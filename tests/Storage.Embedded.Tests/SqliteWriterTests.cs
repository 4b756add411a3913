using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Tests;

public sealed class SqliteWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_rollback_undid_is_not_remembered()
    {
        SqliteVersion.ThrowIfUnsafe();
        using var connection = Schema.OpenWriter(Path.Combine(_folder.Path, "index.db"));
        var writer = new SqliteWriter(connection, TimeProvider.System);
        var bucket = BucketId.New();
        writer.Begin();
        BucketJobs.Create(writer, bucket, default);
        Assert.NotNull(writer.FindBucket(bucket));
        writer.Rollback();
        Assert.True(connection.IsIdle);

        writer.Begin();
        Assert.Null(writer.FindBucket(bucket));
        writer.Rollback();
        writer.Rollback();
    }
}
