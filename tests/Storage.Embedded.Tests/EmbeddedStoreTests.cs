using System.Diagnostics;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Tests;

public sealed class EmbeddedStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BucketId _bucket = BucketId.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_stored_is_there_when_it_is_opened_again()
    {
        await using (var store = Open())
        {
            var objects = await StoredObjects.CreateAsync(store, _bucket);
            await objects.PutInlineAsync("inline");
            await objects.PutBlobAsync("blob");
            await store.Catalog.WriteAsync(CatalogTable.Setting, "name", null, "value"u8.ToArray(), Token);
        }

        Assert.False(File.Exists(Path.Combine(_folder.Path, "index.db-wal")));
        await using (var store = Open())
        {
            var objects = new StoredObjects(store, _bucket);
            Assert.True(await objects.ReadAsync("inline"));
            Assert.True(await objects.ReadAsync("blob"));
            Assert.Equal("value"u8.ToArray(), (await store.Catalog.GetAsync(CatalogTable.Setting, "name", Token))!.Value);
            Assert.Empty(await store.CheckAsync());
        }
    }

    [Fact]
    public async Task A_folder_is_opened_by_one_at_a_time()
    {
        await using (Open())
        {
            var refusal = Assert.Throws<StoreUnavailableException>(() => Open());
            Assert.Contains("in use", refusal.Message, StringComparison.Ordinal);
            Assert.Contains(_folder.Path, refusal.Message, StringComparison.Ordinal);
        }

        await using var again = Open();
        Assert.Null(again.Failure);
    }

    [Fact]
    public async Task The_lock_holds_against_other_processes()
    {
        await using var store = Open();
        using var other = Process.Start("flock", ["--nonblock", Path.Combine(_folder.Path, "lock"), "true"]);
        await other.WaitForExitAsync(Token);
        Assert.NotEqual(0, other.ExitCode);
    }

    [Fact]
    public async Task Another_format_is_refused_by_its_number()
    {
        await using (Open())
        {
        }

        using (var connection = SqliteConnection.Open(Path.Combine(_folder.Path, "index.db"), readOnly: false))
        {
            connection.Execute("PRAGMA user_version=77");
        }

        Assert.Contains("77", Assert.Throws<StoreUnavailableException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var path = Path.Combine(_folder.Path, "index.db");
        await File.WriteAllTextAsync(path, new string('x', 10_000), Token);
        Assert.Throws<CorruptDataException>(() => Open());
        Assert.Equal(10_000, new FileInfo(path).Length);
    }

    [Theory]
    [InlineData(3_007_000, false)]
    [InlineData(3_044_005, false)]
    [InlineData(3_044_006, true)]
    [InlineData(3_045_000, false)]
    [InlineData(3_050_006, false)]
    [InlineData(3_050_007, true)]
    [InlineData(3_051_002, false)]
    [InlineData(3_051_003, true)]
    [InlineData(3_053_004, true)]
    public void A_SQLite_with_the_WAL_reset_defect_is_refused(int version, bool safe) => Assert.Equal(safe, SqliteVersion.IsSafe(version));

    [Fact]
    public async Task After_it_was_closed_calls_are_refused()
    {
        var store = Open();
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => objects.PutInlineAsync("a"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => objects.ReadAsync("a"));
    }

    [Fact]
    public async Task The_log_starts_over_while_commits_and_reads_go_on()
    {
        var options = EmbeddedStoreUnderTest.OptionsFor(_folder);
        await using var store = EmbeddedStore.Open(options);
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 150; i++)
            {
                await objects.PutInlineAsync($"{worker}/{i % 100}");
                Assert.True(await objects.ReadAsync($"{worker}/{i % 100}"));
            }
        })));

        var log = new FileInfo(Path.Combine(_folder.Path, "index.db-wal")).Length;

        // 2 to 3 MB here, with a threshold of 256 KiB; 14 to 28 MB, rising with the commits, where it starts over by luck alone.
        Assert.InRange(log, 1, 8 << 20);
        Assert.Empty(await store.CheckAsync());
    }

    [Fact]
    public async Task Checking_names_what_does_not_belong()
    {
        await using var store = Open();
        var objects = await StoredObjects.CreateAsync(store, _bucket);
        var blob = await objects.PutBlobAsync("a");
        var blobs = Path.Combine(_folder.Path, "blobs");
        var file = Directory.EnumerateFiles(blobs, blob.ToString(), SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(Path.Combine(blobs, "notes"), "", Token);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(file)!, "notes"), "", Token);
        Directory.CreateDirectory(Path.Combine(blobs, "written", "1999010100"));
        File.Move(file, Path.Combine(blobs, "written", "1999010100", blob.ToString()));

        var findings = await store.CheckAsync();
        Assert.Equal(3, findings.Count);
        Assert.Equal(2, findings.Count(finding => finding.Path.EndsWith("notes", StringComparison.Ordinal) && !finding.IsDamage));
        Assert.Contains(blob.ToString(), Assert.Single(findings, finding => finding.IsDamage).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checking_finds_bodies_without_rows_and_rows_without_bodies()
    {
        await using (var store = Open())
        {
            var objects = await StoredObjects.CreateAsync(store, _bucket);
            await objects.PutInlineAsync("a");
            await objects.PutInlineAsync("b");
        }

        using (var connection = SqliteConnection.Open(Path.Combine(_folder.Path, "index.db"), readOnly: false))
        {
            connection.Execute("UPDATE body SET id=id+100 WHERE id=(SELECT body FROM row WHERE key=x'61')");
        }

        await using (var store = Open())
        {
            Assert.Equal([false, true], (await store.CheckAsync()).Select(finding => finding.IsDamage).Order());
            await Assert.ThrowsAsync<CorruptDataException>(() => new StoredObjects(store, _bucket).ReadAsync("a"));
            Assert.True(await new StoredObjects(store, _bucket).ReadAsync("b"));
        }
    }

    private EmbeddedStore Open() => EmbeddedStore.Open(EmbeddedStoreUnderTest.OptionsFor(_folder));
}
