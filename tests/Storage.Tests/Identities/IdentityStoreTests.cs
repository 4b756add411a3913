using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Contract.InMemory;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.Storage.Tests.Identities;

public class IdentityStoreTests
{
    private const string Account = "123456789012";

    private readonly ICatalog _catalog = new InMemoryStore().Catalog;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AccountStore Accounts => new(_catalog);

    private IdentityStore Store => new(_catalog, Accounts);

    private static UserRecord User(string name, string id) =>
        new() { AccountId = Account, Name = name, Path = "/", Id = id, Created = DateTimeOffset.UnixEpoch };

    private static KeyRecord Key(string id, string user, string userId) => new(id, "secret", Account, user, userId);

    private ValueTask<IdentityOutcome> GiveAsync(KeyRecord key, bool may = true) => Store.CreateKeyAsync(key, DateTimeOffset.UnixEpoch, _ => may, Token);

    [Fact]
    public async Task A_key_opens_while_its_user_lists_it_as_active()
    {
        await Store.Users.CreateAsync(User("ann", "one"), Token);
        Assert.Equal(IdentityOutcome.Changed, await GiveAsync(Key("K", "ann", "one")));
        Assert.Equal("ann", (await Store.FindKeyAsync("K", Token))!.Value.User!.Name);
        await Store.Users.ChangeAsync(Account, "ann", user => user with { Keys = [user.Keys[0] with { IsActive = false }] }, Token);
        Assert.Null(await Store.FindKeyAsync("K", Token));
        await Store.DeleteKeyAsync(Key("K", "ann", "one"), Token);
        Assert.Null(await _catalog.GetAsync(CatalogTable.AccessKey, "K", Token));
        Assert.Equal(IdentityOutcome.NotFound, await Store.DeleteKeyAsync(Key("K", "ann", "one"), Token));
    }

    [Fact]
    public async Task A_key_that_was_left_behind_does_not_open_who_is_made_again_under_the_name()
    {
        await Store.Users.CreateAsync(User("ann", "one"), Token);
        await GiveAsync(Key("K", "ann", "one"));
        await Store.Users.RemoveAsync(Account, "ann", _ => true, Token);
        Assert.Null(await Store.FindKeyAsync("K", Token));
        await Store.Users.CreateAsync(User("ann", "two"), Token);
        await Store.Users.ChangeAsync(Account, "ann", user => user with { Keys = [new UserKey("K", IsActive: true, DateTimeOffset.UnixEpoch)] }, Token);
        Assert.Null(await Store.FindKeyAsync("K", Token));
    }

    [Fact]
    public async Task A_key_that_its_user_does_not_get_is_not_kept()
    {
        Assert.Equal(IdentityOutcome.NotFound, await GiveAsync(Key("K", "ann", "one")));
        await Store.Users.CreateAsync(User("ann", "one"), Token);
        Assert.Equal(IdentityOutcome.NotFound, await GiveAsync(Key("K", "ann", "two")));
        Assert.Equal(IdentityOutcome.Conflict, await GiveAsync(Key("K", "ann", "one"), may: false));
        Assert.Null(await _catalog.GetAsync(CatalogTable.AccessKey, "K", Token));
        await GiveAsync(Key("K", "ann", "one"));
        Assert.Equal(IdentityOutcome.Exists, await GiveAsync(Key("K", "ann", "one")));
    }

    [Fact]
    public async Task Names_are_the_same_in_any_case_and_belong_to_their_account()
    {
        Assert.Equal(IdentityOutcome.Changed, await Store.Users.CreateAsync(User("Ann", "one"), Token));
        Assert.Equal(IdentityOutcome.Exists, await Store.Users.CreateAsync(User("aNN", "two"), Token));
        Assert.Equal("Ann", (await Store.Users.FindAsync(Account, "ANN", Token))!.Name);
        Assert.Equal(IdentityOutcome.Changed, await Store.Users.CreateAsync(User("ann", "two") with { AccountId = "210987654321" }, Token));
        Assert.Equal(["one"], (await Store.Users.ListAsync(Account, null, 10, Token)).Select(user => user.Id));
    }

    [Fact]
    public async Task A_user_that_is_held_stays()
    {
        await Store.Users.CreateAsync(User("ann", "one"), Token);
        Assert.Equal(IdentityOutcome.Conflict, await Store.Users.RemoveAsync(Account, "ann", _ => false, Token));
        Assert.NotNull(await Store.Users.FindAsync(Account, "ann", Token));
        Assert.Equal(IdentityOutcome.NotFound, await Store.Users.ChangeAsync(Account, "ann", _ => null, Token));
        Assert.DoesNotContain("secret", Key("K", "ann", "one").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roots_key_opens_while_its_account_lists_it()
    {
        var root = new KeyRecord("R", "secret", Account, "", Account);
        Assert.Equal(IdentityOutcome.NotFound, await GiveAsync(root));
        await Accounts.CreateAsync(new AccountRecord { AccountId = Account, CanonicalId = "c", Name = "", Created = DateTimeOffset.UnixEpoch }, Token);
        Assert.Equal(IdentityOutcome.Changed, await GiveAsync(root));
        Assert.Null((await Store.FindKeyAsync("R", Token))!.Value.User);
        Assert.Equal(IdentityOutcome.Changed, await Store.SwitchKeyAsync(root, isActive: false, Token));
        Assert.Null(await Store.FindKeyAsync("R", Token));
        Assert.Equal(IdentityOutcome.Changed, await Store.DeleteKeyAsync(root, Token));
        Assert.Empty((await Accounts.FindByCanonicalIdAsync("c", Token))!.Keys);
        Assert.Null(await Accounts.FindByCanonicalIdAsync("d", Token));
    }

    [Fact]
    public async Task What_a_record_did_not_have_when_it_was_written_is_empty()
    {
        var old = """{"AccountId":"123456789012","Name":"ann","Path":"/","Id":"one","Created":"2026-01-01T00:00:00+00:00","Keys":[],"Policies":[]}"""u8;
        await _catalog.WriteAsync(CatalogTable.User, $"{Account}/ann", null, old.ToArray(), Token);
        var user = (await Store.Users.FindAsync(Account, "ann", Token))!;
        Assert.Empty(user.Groups);
        Assert.Empty(user.Tags);
        Assert.Empty(user.Attached);
        Assert.Null(user.Boundary);
    }
}
