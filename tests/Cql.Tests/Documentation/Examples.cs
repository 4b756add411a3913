using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Documentation;

/// <summary>The examples of docs/cql-client.md, word for word: what is shown there compiles, and <see cref="ExampleTests"/> holds the two together.</summary>
internal static class Examples
{
    public static async Task QuickStart(CancellationToken token)
    {
        await using var session = await CqlSession.ConnectAsync(new CqlSessionOptions { ContactPoints = ["127.0.0.1"] }, token);

        using (await session.ExecuteAsync(new SimpleStatement("CREATE KEYSPACE IF NOT EXISTS shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"), token)) { }
        using (await session.ExecuteAsync(new SimpleStatement("CREATE TABLE IF NOT EXISTS shop.item (id uuid PRIMARY KEY, name text, image blob)"), token)) { }

        var insert = await session.PrepareAsync("INSERT INTO shop.item (id, name, image) VALUES (?, ?, ?)", token);
        var select = await session.PrepareAsync("SELECT name, image FROM shop.item WHERE id = ?", token);

        var id = Guid.NewGuid();
        using (var bound = insert.Bind().Uuid(id).Text("teapot").Blob(new byte[] { 1, 2, 3 }))
        {
            bound.IsIdempotent = true;
            using var nothing = await session.ExecuteAsync(bound, token);
        }

        using (var bound = select.Bind().Uuid(id))
        using (var rows = await session.ExecuteAsync(bound, token))
        {
            while (rows.Read())
            {
                Console.WriteLine($"{rows.GetText(0)}: {rows.GetBlob(1).Length} bytes");
            }
        }
    }

    public static async Task Connect(ILoggerFactory loggers, CancellationToken token)
    {
        await using var session = await CqlSession.ConnectAsync(
            new CqlSessionOptions
            {
                ContactPoints = ["cassandra1.example.com", "cassandra2.example.com:9142"],
                LocalDatacenter = "dc1",
                Keyspace = "shop",
                Username = "shop",
                Password = Environment.GetEnvironmentVariable("CASSANDRA_PASSWORD") ?? "",
                Tls = new TlsOptions { CertificateAuthorities = [X509CertificateLoader.LoadCertificateFromFile("ca.pem")] },
                ProtocolVersion = ProtocolVersion.V5,
                LoggerFactory = loggers,
            },
            token);
    }

    public static async Task Conditional(CqlSession session, Guid id, CancellationToken token)
    {
        var reserve = await session.PrepareAsync("UPDATE shop.item SET owner = ? WHERE id = ? IF owner = NULL", token);
        using var bound = reserve.Bind().Text("alice").Uuid(id);
        using var result = await session.ExecuteConditionalAsync(bound, token);
        switch (result.Outcome)
        {
            case Outcome.Applied:
                break;
            case Outcome.NotApplied:
                result.Rows!.Read();
                Console.WriteLine($"{result.Rows.GetText(result.Rows.IndexOf("owner"))} was first");
                break;
            case Outcome.Unknown:
                Console.WriteLine($"perhaps, perhaps not: {result.Cause!.Message}");
                break;
        }
    }

    public static async Task Batch(CqlSession session, PreparedStatement insert, PreparedStatement update, Guid order, CancellationToken token)
    {
        using var batch = new BatchStatement(BatchType.Unlogged);
        batch.Add(insert.Bind().Uuid(order).Int(1).Text("teapot"));
        batch.Add(update.Bind().Text("open").Uuid(order).Text("new"));
        using var result = await session.ExecuteConditionalAsync(batch, token);
    }

    public static async Task Pages(CqlSession session, CancellationToken token)
    {
        await foreach (var page in session.QueryPagesAsync(new SimpleStatement("SELECT id, name FROM shop.item") { PageSize = 1000 }, token))
        {
            while (page.Read())
            {
                Console.WriteLine($"{page.GetUuid(0)} {page.GetText(1)}");
            }
        }
    }

    public static async Task Options(CqlSession session, PreparedStatement insert, Guid id, ReadOnlyMemory<byte> image, CancellationToken token)
    {
        using var bound = insert.Bind().Uuid(id).Unset().Blob(image);
        bound.IsIdempotent = true;
        bound.Consistency = Consistency.LocalQuorum;
        bound.Timestamp = 1;
        bound.Timeout = TimeSpan.FromSeconds(2);
        bound.Traffic = Traffic.Blob;
        using var nothing = await session.ExecuteAsync(bound, token);
    }
}
