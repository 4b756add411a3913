using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Statements;

namespace S3Cassandra.Storage.Cassandra.Parts;

/// <summary>
/// The statements on <c>part</c>. Rows and the fence are written by conditional statements; a whole upload goes by one plain delete of a
/// timestamp that none of those can have, for its id is never used again.
/// </summary>
internal sealed record PartStatements(
    PreparedStatement Add,
    PreparedStatement Fence,
    PreparedStatement Remove,
    PreparedStatement List,
    PreparedStatement Find,
    PreparedStatement ListUploads)
{
    /// <summary>In microseconds since 1970: some 146,000 years from then.</summary>
    private const long FarFuture = 1L << 62;

    public static async ValueTask<PartStatements> PrepareAsync(StatementRunner runner, CancellationToken cancellationToken)
    {
        const string upload = "WHERE bucket = ? AND upload = ?";
        return new(
            await runner.PrepareAsync($"UPDATE part SET record = ?, body = ? {upload} AND number = ? AND stamp = ? IF fence = ?", cancellationToken),
            await runner.PrepareAsync($"UPDATE part SET fence = ? {upload} IF fence = ?", cancellationToken),
            await runner.PrepareAsync($"DELETE FROM part USING TIMESTAMP {FarFuture} {upload}", cancellationToken),
            await runner.PrepareAsync($"SELECT number, stamp, record FROM part {upload} AND number > ? LIMIT ?", cancellationToken),
            await runner.PrepareAsync($"SELECT record, body FROM part {upload} AND number = ? AND stamp = ?", cancellationToken),
            await runner.PrepareAsync("SELECT bucket, upload, number FROM part PER PARTITION LIMIT 1", cancellationToken));
    }
}
