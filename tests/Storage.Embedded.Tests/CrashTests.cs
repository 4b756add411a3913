using System.Diagnostics;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>
/// A process that kills itself in the middle of storing, sweeping and deleting. The child is this test program again, told by
/// the environment where to work and where to die; it writes a line for what it has acknowledged.
/// </summary>
public sealed class CrashTests
{
    private const string FolderVariable = "S3CASSANDRA_CRASH_TEST_FOLDER";

    private static readonly BucketId Bucket = new(new Guid("6a1c4ad2-7a0c-4f2e-9a56-5e4c51d3c001"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("blob-before-create:4")]
    [InlineData("blob-after-create:4")]
    [InlineData("blob-after-chunk:1")]
    [InlineData("blob-after-chunk:11")]
    [InlineData("blob-before-sync:4")]
    [InlineData("blob-after-sync:4")]
    [InlineData("index-before-commit:7")]
    [InlineData("index-after-commit:7")]
    [InlineData("suspect-before-keep:2")]
    [InlineData("suspect-after-keep:2")]
    [InlineData("blob-before-delete:2")]
    [InlineData("blob-after-delete:2")]
    [InlineData("suspect-before-clear:1")]
    [InlineData("suspect-after-clear:1")]
    public async Task A_crash_loses_nothing_acknowledged_and_leaves_nothing_unknown(string point)
    {
        using var folder = new TemporaryFolder();
        var acknowledged = await RunChildAsync(folder, point);
        await using var store = Open(folder.Path);
        var objects = new StoredObjects(store, Bucket);
        foreach (var key in acknowledged)
        {
            Assert.True(await objects.ReadAsync(key), key);
        }

        // What was not acknowledged is whole or absent; reading compares its bytes.
        for (var i = 0; i < 10; i++)
        {
            await objects.ReadAsync($"blob/{i}");
            await objects.ReadAsync($"inline/{i}");
        }

        Assert.DoesNotContain(await store.CheckAsync(), finding => finding.IsDamage);
        var (suspects, referenced) = (await objects.SuspectsAsync(), await objects.ReferencedAsync());
        await foreach (var blob in store.Blobs.ListAsync(Token))
        {
            Assert.True(referenced.Contains(blob) || suspects.Exists(suspect => suspect.Blob == blob), $"Nobody knows of {blob}.");
        }

        // And the store goes on.
        await objects.PutBlobAsync("blob/1");
        Assert.True(await objects.ReadAsync("blob/1"));
    }

    [Fact]
    public async Task A_blob_that_a_crash_left_half_written_is_a_suspect_with_its_owner()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(await RunChildAsync(folder, "blob-after-chunk:1"));
        await using var store = Open(folder.Path);
        var objects = new StoredObjects(store, Bucket);
        var suspect = Assert.Single(await objects.SuspectsAsync());
        Assert.Equal(new(Bucket, ObjectKey.Parse("blob/0"), null), suspect.Owner);
        Assert.Empty(await objects.ReferencedAsync());
        Assert.True(await store.Blobs.DeleteAsync(suspect.Blob, Token));
        Assert.Empty(await objects.SuspectsAsync());
    }

    [Fact]
    public async Task A_file_that_a_crash_left_empty_goes_with_the_first_look()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(await RunChildAsync(folder, "blob-after-create:1"));
        await using var store = Open(folder.Path);
        Assert.Single(await store.Blobs.ListAsync(Token).ToListAsync(Token));
        Assert.Empty(await new StoredObjects(store, Bucket).SuspectsAsync());
        Assert.Empty(await store.Blobs.ListAsync(Token).ToListAsync(Token));
    }

    /// <summary>What the child does until it dies: objects by turns in rows and blobs, each twice, then a sweep.</summary>
    [Fact(Explicit = true)]
    public async Task Child()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, $"This is the child of {nameof(CrashTests)}.");
        await using var store = Open(folder);
        var objects = await StoredObjects.CreateAsync(store, Bucket);
        await using var acknowledged = new StreamWriter(Path.Combine(folder, "acknowledged")) { AutoFlush = true };
        foreach (var key in Enumerable.Range(0, 8).SelectMany(i => new[] { i, i / 2 }).ToArray())
        {
            await objects.PutBlobAsync($"blob/{key}");
            await acknowledged.WriteLineAsync($"blob/{key}");
            await objects.PutInlineAsync($"inline/{key}");
            await acknowledged.WriteLineAsync($"inline/{key}");
        }

        var referenced = await objects.ReferencedAsync();
        foreach (var suspect in await objects.SuspectsAsync())
        {
            if (!referenced.Contains(suspect.Blob))
            {
                await store.Blobs.DeleteAsync(suspect.Blob, Token);
            }

            await store.Blobs.ClearAsync(suspect, Token);
        }
    }

    private static EmbeddedStore Open(string folder) =>
        EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = Path.Combine(folder, "data"), ChunkSize = StoredObjects.ChunkSize });

    /// <summary>Runs the child until it dies at the point; the keys that it acknowledged.</summary>
    private static async Task<string[]> RunChildAsync(TemporaryFolder folder, string point)
    {
        var child = new ProcessStartInfo(Path.ChangeExtension(typeof(CrashTests).Assembly.Location, null))
        {
            ArgumentList = { "-explicit", "only", "-method", $"{typeof(CrashTests).FullName}.{nameof(Child)}" },
            RedirectStandardOutput = true,
        };
        child.Environment[FolderVariable] = folder.Path;
        child.Environment[CrashPoint.Variable] = point;
        using var process = Process.Start(child)!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        // 128 + SIGKILL: it died where it should, or the test would show nothing.
        Assert.True(process.ExitCode == 137, output);
        return await File.ReadAllLinesAsync(Path.Combine(folder.Path, "acknowledged"), Token);
    }
}
