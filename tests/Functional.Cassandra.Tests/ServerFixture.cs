using System.Runtime.ExceptionServices;
using System.Text;
using Amazon.S3;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Functional.Tests;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Storage.Cassandra;
using S3Cassandra.Storage.Cassandra.Settings;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Functional.Cassandra.Tests;

/// <summary>
/// One server for all tests of the assembly, in a keyspace of its own on a real Cassandra, with the sizes that the suites know. Without a
/// Cassandra each test is skipped, and fails where CI=true, with the reason.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public const int InlineThreshold = 16 * 1024;
    public const int ChunkSize = 64 * 1024;

    private static readonly (string Table, string Columns)[] Bodies = [("blob", "data"), ("object_index", "m, b"), ("part", "record, body")];

    private readonly SharedCassandra _cassandra = new();
    private readonly string _keyspace = $"test_{Guid.NewGuid():N}"[..16];
    private CqlSession? _session;
    private CassandraStore? _store;
    private RunningServer? _server;
    private Exception? _failure;

    public RunningServer Server
    {
        get
        {
            if (_failure is not null)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }

            return _server!;
        }
    }

    public AmazonS3Client Aws => Server.Aws;

    public S3Client Raw => Server.Raw;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch (Exception failure)
        {
            // A fixture that throws fails everything, even where it wants to skip.
            _failure = failure;
        }
    }

    /// <summary>Whether a text stands anywhere in the tables that hold bodies.</summary>
    public async Task<bool> IsStoredAsync(string text, CancellationToken token)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        foreach (var (table, columns) in Bodies)
        {
            var select = new SimpleStatement($"SELECT {columns} FROM {_keyspace}.{table}") { PageSize = 50 };
            await foreach (var page in _session!.QueryPagesAsync(select, token))
            {
                while (page.Read())
                {
                    if (Enumerable.Range(0, page.Columns.Count).Any(column => !page.IsNull(column) && page.GetBlob(column).Span.IndexOf(bytes) >= 0))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        if (_session is not null)
        {
            using (await _session.ExecuteAsync(
                new SimpleStatement($"DROP KEYSPACE IF EXISTS {_keyspace}") { IsIdempotent = true }, CancellationToken.None))
            {
            }

            await _session.DisposeAsync();
        }

        await _cassandra.DisposeAsync();
    }

    private async Task StartAsync()
    {
        // With patience for a busy machine.
        var options = new CassandraStoreOptions
        {
            ContactPoints = [.. (await _cassandra.AnyAsync()).Select(point => point.ToString())],
            Keyspace = _keyspace,
            StatementTime = TimeSpan.FromSeconds(30),
            Deadline = TimeSpan.FromMinutes(1),
            InlineThreshold = InlineThreshold,
            ChunkSize = ChunkSize,
            ChunkPoolBytes = 16L * 1024 * 1024,
            InstallSchema = true,
        };
        _session = await CqlSession.ConnectAsync(
            new CqlSessionOptions { ContactPoints = options.ContactPoints, RequestTimeout = options.StatementTime }, CancellationToken.None);
        options = options with { Replication = Replication.Parse($"{_session.LocalDatacenter}=1"), AllowSingleReplica = true };
        _store = await CassandraStore.OpenAsync(options, NullLoggerFactory.Instance, TimeProvider.System, _ => { }, CancellationToken.None);
        _server = await RunningServer.StartAsync(new StoreSeams(_store.Index, _store.Blobs, _store.Catalog, InlineThreshold));
    }
}
