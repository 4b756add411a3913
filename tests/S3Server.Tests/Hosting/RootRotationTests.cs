using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Hosting;

/// <summary>Another root key in the place of one that is kept: the new one counts within two seconds, and the old one no longer.</summary>
public class RootRotationTests
{
    private static readonly AccountFacts Account = new("123456789012", new string('a', 64));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ServerOptions Options(string folder) => new() { Listen = [], DataFolder = folder };

    [Fact]
    public async Task A_server_takes_the_key_that_is_kept_now()
    {
        using var folder = new TemporaryFolder();
        await using var store = new InMemoryStore();
        var options = Options(folder.Path);
        var first = RootKey.Load(options);
        var read = RootKey.Kept(options, store.Catalog)!;
        var clock = new HandTurnedClock();
        var access = new RootAccess(Account.KeyOf(first)!, async token => Account.KeyOf(await read(token)), clock);
        Assert.Equal(first.Id, (await access.FindAsync(Token))!.Id);
        var second = RootKey.Rotate(folder.Path);
        Assert.NotEqual(first.Secret, second.Secret);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((second.Id, second.Secret), await KeyAsync(access));
        Assert.Equal(second.Id, RootKey.Load(options).Id);
        File.Delete(folder[RootKey.FileName]);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await access.FindAsync(Token));
    }

    [Fact]
    public async Task The_catalogs_key_is_replaced_once_it_is_there()
    {
        await using var store = new InMemoryStore();
        await Assert.ThrowsAsync<ConfigurationException>(() => RootKey.RotateAsync(store.Catalog, Token));
        var options = Options("/nonexistent") with { Cassandra = new() { ContactPoints = ["127.0.0.1"] } };
        var first = await RootKey.LoadAsync(options, store.Catalog, Token);
        var second = await RootKey.RotateAsync(store.Catalog, Token);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, (await RootKey.Kept(options, store.Catalog)!(Token))!.Id);
        Assert.Equal(second.Id, (await RootKey.LoadAsync(options, store.Catalog, Token)).Id);
    }

    [Fact]
    public async Task A_key_of_the_settings_stays()
    {
        await using var store = new InMemoryStore();
        var options = Options("/nonexistent") with { RootAccessKey = "AKIA", RootSecretKey = "a-good-and-long-secret" };
        Assert.Null(RootKey.Kept(options, store.Catalog));
        using var folder = new TemporaryFolder();
        Assert.Throws<ConfigurationException>(() => RootKey.Rotate(folder.Path));
    }

    private static async Task<(string Id, string Secret)> KeyAsync(RootAccess access) =>
        await access.FindAsync(Token) is AccessKey key ? (key.Id, key.Secret) : default;
}
