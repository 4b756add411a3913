using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Statements;

namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>
/// The statements on <c>blob</c>: inserted at the timestamp 1, deleted at 2. So a delete holds against a chunk that arrives after it,
/// whatever any clock says, and of two headers the one with more partitions wins.
/// </summary>
internal sealed record BlobStatements(
    PreparedStatement InsertChunk,
    PreparedStatement InsertFirstChunk,
    PreparedStatement InsertHeader,
    PreparedStatement SelectChunk,
    PreparedStatement SelectHeader,
    PreparedStatement DeleteGroup,
    PreparedStatement List)
{
    public static async ValueTask<BlobStatements> PrepareAsync(StatementRunner runner, CancellationToken cancellationToken) => new(
        await runner.PrepareAsync("INSERT INTO blob (id, grp, n, crc, data) VALUES (?, ?, ?, ?, ?) USING TIMESTAMP 1", cancellationToken),
        await runner.PrepareAsync(
            "INSERT INTO blob (id, grp, n, crc, data, owner, groups, naming) VALUES (?, 0, 0, ?, ?, ?, ?, ?) USING TIMESTAMP 1",
            cancellationToken),
        await runner.PrepareAsync("INSERT INTO blob (id, grp, owner, groups, naming) VALUES (?, 0, ?, ?, ?) USING TIMESTAMP 1", cancellationToken),
        await runner.PrepareAsync("SELECT crc, data FROM blob WHERE id = ? AND grp = ? AND n = ?", cancellationToken),
        await runner.PrepareAsync("SELECT DISTINCT id, grp, owner, groups, naming FROM blob WHERE id = ? AND grp = ?", cancellationToken),
        await runner.PrepareAsync("DELETE FROM blob USING TIMESTAMP 2 WHERE id = ? AND grp = ?", cancellationToken),
        await runner.PrepareAsync(
            "SELECT DISTINCT id, grp FROM blob WHERE token(id, grp) > ? AND token(id, grp) <= ?", cancellationToken));
}
