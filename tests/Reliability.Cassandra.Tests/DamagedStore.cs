using System.Globalization;
using System.Text;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>A store on one node with a server, whose tables a test changes behind its back.</summary>
internal sealed class DamagedStore : IAsyncDisposable
{
    private readonly ServedStore _store;
    private readonly CqlSession _session;

    private DamagedStore(ServedStore store, CqlSession session) => (_store, _session) = (store, session);

    public ServedStore Store => _store;

    public static async Task<DamagedStore> StartAsync(ProxiedCluster cluster, CancellationToken token)
    {
        var store = await ServedStore.StartAloneAsync(cluster, 1, token);
        var session = await CqlSession.ConnectAsync(
            new CqlSessionOptions
            {
                ContactPoints = [.. cluster.Proxies.Select(proxy => proxy.EndPoint.ToString())],
                Keyspace = store.Arguments[^1],
                RequestTimeout = TimeSpan.FromMinutes(2),
            },
            token);
        return new DamagedStore(store, session);
    }

    public async Task PutAsync(string key, byte[] body, CancellationToken token)
    {
        var answer = await _store.Patient(0).PutAsync(_store.Bucket, key, body, token);
        Assert.True(answer.IsSuccess, answer.Text);
    }

    public async Task RunAsync(string cql, CancellationToken token)
    {
        using var rows = await _session.ExecuteAsync(new SimpleStatement(cql) { IsIdempotent = true }, token);
    }

    /// <summary>The first row's columns, as literals of CQL.</summary>
    public async Task<string[]> RowAsync(string cql, CancellationToken token)
    {
        using var rows = await _session.ExecuteAsync(new SimpleStatement(cql), token);
        Assert.True(rows.Read(), cql);
        return [.. Enumerable.Range(0, rows.Columns.Count).Select(column => Convert.ToHexString(rows.GetEncoded(column)!.Value.Span))];
    }

    /// <summary>The blob of an object: the one whose owner names its key.</summary>
    public async Task<string> BlobAsync(string key, CancellationToken token)
    {
        var name = Encoding.UTF8.GetBytes(key);
        using var rows = await _session.ExecuteAsync(new SimpleStatement("SELECT id, owner FROM blob"), token);
        while (rows.Read())
        {
            if (!rows.IsNull(1) && rows.GetBlob(1).Span.IndexOf(name) >= 0)
            {
                return Hex(rows.GetBlob(0).Span);
            }
        }

        throw new InvalidOperationException($"No blob is of {key}.");
    }

    /// <summary>Where a key's row of a section is: <c>bucket = … AND shard = … AND sec = … AND key = … AND v = …</c>.</summary>
    public async Task<string> RowOfAsync(string key, int section, CancellationToken token)
    {
        using var rows = await _session.ExecuteAsync(new SimpleStatement("SELECT bucket, shard, sec, key, v FROM object_index"), token);
        while (rows.Read())
        {
            if (!rows.IsNull(2) && rows.GetTinyint(2) == section && rows.GetBlob(3).Span.SequenceEqual(Encoding.UTF8.GetBytes(key)))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"bucket = {rows.GetUuid(0)} AND shard = {rows.GetUuid(1)} AND sec = {section} AND key = {Hex(rows.GetBlob(3).Span)} AND v = {Hex(rows.GetBlob(4).Span)}");
            }
        }

        throw new InvalidOperationException($"No row of {key} is in section {section}.");
    }

    public Task<CommandResult> FsckAsync(CancellationToken token, params string[] flags) =>
        ServerProcess.RunAsync(["fsck", .. _store.Arguments, .. flags], token);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => $"0x{Convert.ToHexString(bytes)}";
}
