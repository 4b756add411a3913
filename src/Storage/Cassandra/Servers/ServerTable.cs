using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Cassandra.Statements;

namespace S3Cassandra.Storage.Cassandra.Servers;

/// <summary>The table <c>server</c>: who runs. Shows; decides nothing.</summary>
internal sealed class ServerTable(StatementRunner runner)
{
    private const sbyte Part = 0;

    private readonly StatementSlot _insert = new(
        runner, "INSERT INTO server (part, id, name, address, version, started, seen, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?");

    private readonly StatementSlot _delete = new(runner, "DELETE FROM server WHERE part = ? AND id = ?");
    private readonly StatementSlot _select = new(runner, "SELECT id, name, address, version, started, seen, note FROM server WHERE part = ?");

    /// <summary>Writes a server's row, which goes by itself after <paramref name="life"/>.</summary>
    public async ValueTask WriteAsync(LiveServer server, TimeSpan life, CancellationToken cancellationToken)
    {
        using var bound = (await _insert.GetAsync(cancellationToken)).Bind()
            .Tinyint(Part).Uuid(server.Id).Text(server.Name).Text(server.Address).Text(server.Version)
            .Instant(server.Started).Instant(server.Seen).Text(server.Note).Int((int)life.TotalSeconds);
        await runner.WriteAsync(bound, cancellationToken);
    }

    public async ValueTask RemoveAsync(Guid server, CancellationToken cancellationToken)
    {
        using var bound = (await _delete.GetAsync(cancellationToken)).Bind().Tinyint(Part).Uuid(server);
        await runner.WriteAsync(bound, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LiveServer>> ListAsync(CancellationToken cancellationToken)
    {
        var servers = new List<LiveServer>();
        using var bound = (await _select.GetAsync(cancellationToken)).Bind().Tinyint(Part);
        await foreach (var page in runner.ReadPagesAsync(bound, cancellationToken))
        {
            while (page.Read())
            {
                servers.Add(ServerOf(page));
            }
        }

        return servers;
    }

    private static LiveServer ServerOf(RowSet row) => new(
        row.GetUuid(0), TextOf(row, 1), TextOf(row, 2), TextOf(row, 3), TimeOf(row, 4), TimeOf(row, 5), TextOf(row, 6));

    private static string TextOf(RowSet row, int column) => row.IsNull(column) ? "" : row.GetText(column);

    private static DateTimeOffset TimeOf(RowSet row, int column) => row.IsNull(column) ? default : row.GetTimestamp(column);
}
