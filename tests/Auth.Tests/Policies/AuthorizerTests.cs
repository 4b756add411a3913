using System.Reflection;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies;

namespace S3Cassandra.Auth.Tests.Policies;

public sealed class AuthorizerTests
{
    private const string Owner = "123456789012";

    private static readonly Identity Root = Identity.Root(Owner, new string('a', 64));

    private static IEnumerable<string> Actions() =>
        typeof(S3Action).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    [Fact]
    public void Root_may_do_everything_to_what_its_account_owns_and_nothing_else()
    {
        foreach (var action in Actions())
        {
            var permission = RequiredPermission.OnObject(action, "bucket", "key");
            Assert.Equal(AuthorizationDecision.Allow, Authorizer.Decide(Root, permission, Owner));
            Assert.Equal(AuthorizationDecision.Allow, Authorizer.Decide(Root, permission, null));
            Assert.Equal(AuthorizationDecision.Deny, Authorizer.Decide(Root, permission, "210987654321"));
        }
    }

    [Fact]
    public void Anonymous_and_other_principals_may_do_nothing()
    {
        Identity[] others = [Identity.Anonymous, Identity.Principal($"arn:aws:iam::{Owner}:user/a", Owner, new string('a', 64))];
        foreach (var identity in others)
        {
            foreach (var action in Actions())
            {
                Assert.Equal(AuthorizationDecision.Deny, Authorizer.Decide(identity, RequiredPermission.OnBucket(action, "bucket"), Owner));
                Assert.Equal(AuthorizationDecision.Deny, Authorizer.Decide(identity, RequiredPermission.OnAccount(action), null));
                Assert.Equal(AuthorizationDecision.Deny, Authorizer.Decide(identity, RequiredPermission.OnAccount(action), ""));
            }
        }
    }

    [Fact]
    public void A_permission_without_action_or_resource_is_never_decided()
    {
        Assert.Throws<ArgumentException>(() => Authorizer.Decide(Root, new RequiredPermission("", "*"), Owner));
        Assert.Throws<ArgumentNullException>(() => Authorizer.Decide(Root, default, Owner));
    }

    [Fact]
    public void Resources_are_arns_and_keys_stay_as_they_are()
    {
        Assert.Equal("*", RequiredPermission.OnAccount(S3Action.ListAllMyBuckets).ResourceArn);
        Assert.Equal("arn:aws:s3:::bucket", RequiredPermission.OnBucket(S3Action.ListBucket, "bucket").ResourceArn);
        Assert.Equal("arn:aws:s3:::bucket/a/../*?%2f", RequiredPermission.OnObject(S3Action.GetObject, "bucket", "a/../*?%2f").ResourceArn);
    }

    [Fact]
    public void Actions_are_named_after_their_constants_once_each()
    {
        var fields = typeof(S3Action).GetFields(BindingFlags.Public | BindingFlags.Static);
        Assert.All(fields, field => Assert.Equal("s3:" + field.Name, field.GetRawConstantValue()));
        Assert.True(fields.Length > 70);
    }
}
