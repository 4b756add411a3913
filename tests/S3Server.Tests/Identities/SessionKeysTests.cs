using S3Cassandra.S3Server.Identities;
using S3Cassandra.Storage.Contract;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Storage.Identities;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Identities;

/// <summary>The ring of keys that all servers share.</summary>
public sealed class SessionKeysTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedStore _store;
    private readonly ManualClock _clock = new();

    public SessionKeysTests() => _store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = _folder.Path });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SessionKeys Server() => new(new SessionKeyStore(_store.Catalog), _clock);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Servers_that_start_together_make_one_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Server().CurrentAsync(Token).AsTask()));
        Assert.All(keys, key => Assert.Equal(keys[0].Key, key.Key));
        Assert.Equal(32, keys[0].Key.Length);
    }

    [Fact]
    public async Task A_key_is_replaced_and_opens_what_it_sealed_for_a_while()
    {
        var (one, other) = (Server(), Server());
        var first = await one.CurrentAsync(Token);
        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await one.CurrentAsync(Token)).Id);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await one.CurrentAsync(Token);
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotEqual(first.Key, second.Key);
        Assert.Equal([second.Id, first.Id], one.Known.Select(key => key.Id));
        Assert.True(await other.RefreshAsync(Token));
        Assert.Equal([second.Id, first.Id], other.Known.Select(key => key.Id));
        _clock.Advance(TimeSpan.FromDays(30));
        var third = await other.CurrentAsync(Token);
        Assert.Equal([third.Id, second.Id], other.Known.Select(key => key.Id));
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_it_read_again_and_again()
    {
        var server = Server();
        await server.CurrentAsync(Token);
        Assert.False(await server.RefreshAsync(Token));
    }
}
