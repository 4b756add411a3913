using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.Auth.Tests.Credentials;

public sealed class IdentityTests
{
    private const string AccountId = "123456789012";

    private static readonly string CanonicalId = new('a', 64);

    [Fact]
    public void Root_is_named_by_its_account()
    {
        var root = Identity.Root(AccountId, CanonicalId);
        Assert.Equal("arn:aws:iam::123456789012:root", root.PrincipalArn);
        Assert.Equal((AccountId, CanonicalId), (root.AccountId, root.CanonicalId));
        Assert.True(root.IsRoot);
        Assert.False(root.IsAnonymous);
        Assert.Equal(root, Identity.Root(AccountId, CanonicalId));
    }

    [Fact]
    public void Others_are_not_root()
    {
        Assert.False(Identity.Anonymous.IsRoot);
        Assert.True(Identity.Anonymous.IsAnonymous);
        Assert.False(Identity.Principal($"arn:aws:iam::{AccountId}:user/root", AccountId, CanonicalId).IsRoot);
        Assert.False(Identity.Principal("arn:aws:iam::000000000000:root", AccountId, CanonicalId).IsRoot);
    }

    [Theory]
    [InlineData("12345678901", 64)]
    [InlineData("1234567890123", 64)]
    [InlineData("12345678901x", 64)]
    [InlineData("", 64)]
    [InlineData(AccountId, 63)]
    [InlineData(AccountId, 0)]
    public void Ids_have_a_form(string accountId, int canonicalLength) =>
        Assert.Throws<ArgumentException>(() => Identity.Root(accountId, new string('a', canonicalLength)));

    [Fact]
    public void Made_ids_have_it()
    {
        for (var i = 0; i < 100; i++)
        {
            var accountId = Account.NewAccountId();
            Assert.NotEqual('0', accountId[0]);
            Assert.True(Identity.Root(accountId, Account.NewCanonicalId()).IsRoot);
        }

        Assert.False(Account.IsCanonicalId(new string('A', 64)));
        Assert.False(Account.IsCanonicalId(new string('g', 64)));
    }
}
