using System.Text;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// The verb <c>fsck</c> on a store in Cassandra whose servers run: each kind of damage, planted in the tables, is found and named with its key
/// and version; it goes on where it was broken off, and what it repairs the sweepers free.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class FsckTests(ProxiedNodes nodes)
{
    private static readonly byte[] Chunks = [.. Enumerable.Range(0, 1_300_000).Select(place => (byte)(place * 31))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_kind_of_damage_is_found_and_named()
    {
        await using var store = await DamagedStore.StartAsync(await nodes.StartAsync(1, Token), Token);
        foreach (var key in new[] { "dangling", "flipped", "missing-chunk", "owner" })
        {
            await store.PutAsync(key, Chunks, Token);
        }

        await store.PutAsync("body", new byte[1000], Token);
        await store.PutAsync("record", new byte[10], Token);
        var upload = await InitiateAsync(store.Store, "lost-upload");
        await SetVersioningAsync(store.Store);
        foreach (var key in new[] { "headless", "versionless" })
        {
            await store.PutAsync(key, new byte[100], Token);
        }

        Assert.Equal(0, (await store.FsckAsync(Token)).ExitCode);

        await store.RunAsync($"DELETE FROM blob WHERE id = {await store.BlobAsync("dangling", Token)} AND grp = 0", Token);
        await store.RunAsync($"UPDATE blob SET data = 0x00 WHERE id = {await store.BlobAsync("flipped", Token)} AND grp = 0 AND n = 1", Token);
        await store.RunAsync($"DELETE FROM blob WHERE id = {await store.BlobAsync("missing-chunk", Token)} AND grp = 0 AND n = 2", Token);
        await store.RunAsync($"UPDATE object_index SET b = 0x00 WHERE {await store.RowOfAsync("body", 0, Token)}", Token);
        await store.RunAsync($"UPDATE object_index SET m = 0xffffff WHERE {await store.RowOfAsync("record", 0, Token)}", Token);
        await store.RunAsync($"DELETE FROM object_index WHERE {await store.RowOfAsync("headless", 0, Token)}", Token);
        await store.RunAsync($"DELETE FROM object_index WHERE {await store.RowOfAsync("versionless", 1, Token)}", Token);
        await store.RunAsync($"DELETE FROM object_index WHERE {await store.RowOfAsync("lost-upload", 3, Token)}", Token);
        var owner = await store.RowOfAsync("owner", 0, Token);
        var stolen = await store.RowAsync($"SELECT ver, m FROM object_index WHERE {owner}", Token);
        var thief = owner.Replace(Convert.ToHexString("owner"u8), Convert.ToHexString("thief"u8), StringComparison.Ordinal);
        await store.RunAsync($"UPDATE object_index SET ver = {new Guid(Convert.FromHexString(stolen[0]), bigEndian: true)}, m = 0x{stolen[1]} WHERE {thief}", Token);
        var orphan = await PlantOrphanAsync(store, "owner");

        var result = await store.FsckAsync(Token);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("] 100 %", result.Errors, StringComparison.Ordinal);
        var lines = result.Output.Split('\n');
        AssertFound(lines, "DanglingReference", "key=dangling version=null");
        AssertFound(lines, "DamagedChunk", "key=flipped version=null");
        AssertFound(lines, "DamagedChunk", "key=missing-chunk version=null");
        AssertFound(lines, "UnreadableRecord", "key=record");
        AssertFound(lines, "MissingHead", "key=headless version=");
        AssertFound(lines, "MissingVersionRow", "key=versionless version=");
        AssertFound(lines, "SharedBlob", "key=thief version=null");
        AssertFound(lines, "PartsWithoutUpload", $"version=upload {upload}");
        AssertFound(lines, "Orphan", $"key=owner blob={orphan}");
        Assert.Contains(lines, line => line.Contains("key=body", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_repairs_the_sweepers_free_and_nothing_else()
    {
        await using var store = await DamagedStore.StartAsync(await nodes.StartAsync(1, Token), Token);
        await store.PutAsync("kept", Chunks, Token);
        var orphan = await PlantOrphanAsync(store, "kept");
        var found = await store.FsckAsync(Token);
        Assert.Equal(1, found.ExitCode);
        AssertFound(found.Output.Split('\n'), "Orphan", $"key=kept blob={orphan}");

        var repaired = await store.FsckAsync(Token, "--repair");
        Assert.Equal(0, repaired.ExitCode);
        AssertFound(repaired.Output.Split('\n'), "Orphan", "(repaired)");
        Assert.Equal(0, (await store.FsckAsync(Token)).ExitCode);
        Assert.Contains("1 blobs waiting for the sweeper", (await store.FsckAsync(Token)).Output, StringComparison.Ordinal);

        store.Store.ServerArguments = ["--garbage-grace", "1"];
        await store.Store.Servers[0].StopAsync(Token);
        await store.Store.RestartAsync(0, Token);
        await UntilFreedAsync(store, orphan);

        var kept = await store.Store.Patient(0).GetAsync(store.Store.Bucket, "kept", Token);
        Assert.Equal(Chunks, kept.Body);
        Assert.Contains(" 0 damaged", (await store.FsckAsync(Token)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_where_it_was_broken_off()
    {
        using var folder = new TemporaryFolder();
        await using var store = await DamagedStore.StartAsync(await nodes.StartAsync(1, Token), Token);
        await store.PutAsync("dangling", Chunks, Token);
        await store.RunAsync($"DELETE FROM blob WHERE id = {await store.BlobAsync("dangling", Token)} AND grp = 0", Token);
        await PlantOrphanAsync(store, null);
        var place = folder["place"];

        // The rows were checked by an earlier one, which counted two damages; the blobs were not.
        await File.WriteAllTextAsync(place, """{"Phase":2,"Range":0,"Report":{"Buckets":1,"Rows":17,"Damage":2},"Done":0.5}""", Token);
        var rest = await store.FsckAsync(Token, "--resume", place);
        Assert.DoesNotContain("DanglingReference", rest.Output, StringComparison.Ordinal);
        Assert.Contains("Orphan", rest.Output, StringComparison.Ordinal);
        Assert.Contains("1 buckets, 17 rows", rest.Output, StringComparison.Ordinal);
        Assert.Contains(" 3 damaged", rest.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(place), "It came to its end, and keeps its place.");

        var whole = await store.FsckAsync(Token, "--resume", place);
        AssertFound(whole.Output.Split('\n'), "DanglingReference", "key=dangling");
        Assert.Contains(" 2 damaged", whole.Output, StringComparison.Ordinal);
    }

    private static void AssertFound(string[] lines, string kind, string what) =>
        Assert.Single(lines, line => line.StartsWith(kind, StringComparison.Ordinal) && line.Contains(what, StringComparison.Ordinal));

    /// <summary>By two looks of the sweeper, a second apart, once its server runs.</summary>
    private static async Task UntilFreedAsync(DamagedStore store, string blob) => await Eventually.GetAsync(
        $"blob {blob} is freed",
        async () => (await store.RowAsync($"SELECT count(*) FROM blob WHERE id = 0x{blob} AND grp = 0", Token))[0],
        static count => count == "0000000000000000",
        Token);

    /// <summary>
    /// A blob that says whose it is, and that nothing refers to; its id in hex. Written at the timestamp of every blob, or no delete would
    /// outdo it.
    /// </summary>
    private static async Task<string> PlantOrphanAsync(DamagedStore store, string? owner)
    {
        var id = $"{Guid.NewGuid():N}";
        var row = owner is null ? null : await store.RowAsync($"SELECT owner FROM blob WHERE id = {await store.BlobAsync(owner, Token)} AND grp = 0", Token);
        var said = row is null ? "" : $", owner = 0x{row[0]}";
        await store.RunAsync($"UPDATE blob USING TIMESTAMP 1 SET groups = 1{said} WHERE id = 0x{id} AND grp = 0", Token);
        await store.RunAsync($"UPDATE blob USING TIMESTAMP 1 SET crc = 1, data = 0x00 WHERE id = 0x{id} AND grp = 0 AND n = 0", Token);
        return id;
    }

    private static async Task<string> InitiateAsync(ServedStore store, string key)
    {
        var client = store.Patient(0);
        var created = await client.SendAsync(HttpMethod.Post, store.Bucket, key, "uploads", [], [], Token);
        var id = XDocument.Parse(created.Text).Root!.Elements().First(element => element.Name.LocalName == "UploadId").Value;
        var part = await client.SendAsync(
            HttpMethod.Put, store.Bucket, key, $"partNumber=1&uploadId={SignatureV4.Encode(id)}", new byte[100], [], Token);
        Assert.True(part.IsSuccess, part.Text);
        return id;
    }

    private static async Task SetVersioningAsync(ServedStore store)
    {
        var body = Encoding.UTF8.GetBytes("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        var answer = await store.Patient(0).SendAsync(HttpMethod.Put, store.Bucket, null, "versioning", body, [], Token);
        Assert.True(answer.IsSuccess, answer.Text);
    }
}
