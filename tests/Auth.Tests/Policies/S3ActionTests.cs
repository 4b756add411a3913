using System.Reflection;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies;
using S3Cassandra.Auth.Policies.Actions;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Evaluation;

namespace S3Cassandra.Auth.Tests.Policies;

public sealed class S3ActionTests
{
    private static IEnumerable<FieldInfo> Fields => typeof(S3Action).GetFields(BindingFlags.Public | BindingFlags.Static);

    private static IEnumerable<string> Actions => Fields.Select(info => (string)info.GetRawConstantValue()!);

    [Fact]
    public void Actions_are_named_after_their_constants_and_are_in_the_table()
    {
        Assert.All(Fields, field => Assert.Equal("s3:" + field.Name, field.GetRawConstantValue()));
        Assert.True(Fields.Count() > 70);
        Assert.All(Actions, action => Assert.NotEqual((S3ActionScope)0, S3ActionTable.ScopesOf(action)));
        Assert.All(S3ActionTable.All, pair => Assert.Equal(pair.Value, S3ActionTable.ScopesOf(pair.Key.ToUpperInvariant())));
        Assert.Equal((S3ActionScope)0, S3ActionTable.ScopesOf("s3:Nothing*"));
    }

    [Fact]
    public void Without_policies_root_may_do_everything_to_what_its_account_owns_and_nobody_else_anything()
    {
        static bool May(Identity identity, string action, string? owner) => PolicyEvaluator.Decide(
            new PolicyRequest(identity, action, "arn:aws:s3:::bucket/key", owner, NoFacts.Instance), PrincipalPolicies.None, null).IsAllowed;
        foreach (var action in Actions)
        {
            Assert.True(May(PolicyCase.Root, action, PolicyCase.Own));
            Assert.True(May(PolicyCase.Root, action, null));
            Assert.False(May(PolicyCase.Root, action, PolicyCase.Other));
            foreach (var other in (Identity[])[Identity.Anonymous, PolicyCase.User, PolicyCase.Session])
            {
                Assert.False(May(other, action, PolicyCase.Own));
                Assert.False(May(other, action, null));
                Assert.False(May(other, action, ""));
            }
        }
    }

    [Fact]
    public void A_request_without_action_or_resource_is_never_decided()
    {
        Assert.Throws<ArgumentException>(() => new PolicyRequest(PolicyCase.Root, "", "*", null, NoFacts.Instance));
        Assert.Throws<ArgumentException>(() => new PolicyRequest(PolicyCase.Root, "s3:GetObject", "", null, NoFacts.Instance));
    }
}
