using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Auth.Tests.Policies;

public sealed class EvaluationTests
{
    private const string Key = "arn:aws:s3:::b/k";

    private static readonly PolicyDecision ByBucket = new(PolicyReason.Allowed, PolicyKind.Bucket);
    private static readonly PolicyDecision ByIdentity = new(PolicyReason.Allowed, PolicyKind.Identity);

    private static PrincipalPolicies With(params Policy[] policies) => new() { Identity = policies };

    private static Policy Grant(string principal, string effect = "Allow") => PolicyCase.Bucket(
        $$"""{"Statement":[{"Effect":"{{effect}}","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}""");

    [Fact]
    public void Nothing_allows_by_itself_and_the_default_decision_is_no()
    {
        Assert.False(default(PolicyDecision).IsAllowed);
        Assert.Equal(new(PolicyReason.ImplicitDeny, PolicyKind.Identity), PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, null));
        Assert.Equal(new(PolicyReason.ImplicitDeny, PolicyKind.Bucket), PolicyCase.Decide(Identity.Anonymous, "s3:GetObject", Key, null));
        Assert.Equal(ByIdentity, PolicyCase.Decide(PolicyCase.Root, "s3:GetObject", Key, null));
        Assert.Equal(new(PolicyReason.ImplicitDeny, PolicyKind.Bucket), PolicyCase.Decide(PolicyCase.Foreigner, "s3:GetObject", Key, null));
    }

    [Fact]
    public void Within_an_account_either_side_allows()
    {
        Assert.Equal(ByIdentity, PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, null, With(PolicyCase.Allow("s3:Get*", "*"))));
        Assert.Equal(ByBucket, PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, Grant("{\"AWS\":\"arn:aws:iam::111122223333:user/ann\"}")));
        Assert.Equal(ByBucket, PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, Grant("\"*\"")));
    }

    [Fact]
    public void A_grant_to_the_account_is_for_its_identity_policies_to_give_on()
    {
        var grant = Grant("{\"AWS\":\"111122223333\"}");
        Assert.False(PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, grant).IsAllowed);
        Assert.True(PolicyCase.Decide(PolicyCase.Root, "s3:GetObject", Key, grant).IsAllowed);
    }

    [Theory]
    [InlineData("{\"AWS\":\"444455556666\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::444455556666:root\"}")]
    [InlineData("{\"AWS\":\"arn:aws:iam::444455556666:user/eve\"}")]
    [InlineData("{\"CanonicalUser\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"}")]
    [InlineData("\"*\"")]
    public void Across_accounts_both_sides_have_to_allow(string principal)
    {
        var grant = Grant(principal);
        var own = With(PolicyCase.Allow("s3:GetObject", "arn:aws:s3:::b/*"));
        Assert.Equal(ByBucket, PolicyCase.Decide(PolicyCase.ForeignUser, "s3:GetObject", Key, grant, own));
        Assert.Equal(new(PolicyReason.ImplicitDeny, PolicyKind.Identity), PolicyCase.Decide(PolicyCase.ForeignUser, "s3:GetObject", Key, grant));
        Assert.Equal(new(PolicyReason.ImplicitDeny, PolicyKind.Bucket), PolicyCase.Decide(PolicyCase.ForeignUser, "s3:GetObject", Key, null, own));
        Assert.Equal(principal.Contains("user/"), !PolicyCase.Decide(PolicyCase.Foreigner, "s3:GetObject", Key, grant).IsAllowed);
    }

    [Fact]
    public void A_deny_anywhere_wins()
    {
        var all = PolicyCase.Allow("*", "*");
        var no = PolicyCase.Allow("s3:GetObject", "arn:aws:s3:::b/k", effect: "Deny");
        void Denied(PolicyKind kind, PrincipalPolicies policies, Policy? bucket = null) =>
            Assert.Equal(new(PolicyReason.ExplicitDeny, kind), PolicyCase.Decide(PolicyCase.Session, "s3:GetObject", Key, bucket, policies));
        Denied(PolicyKind.Identity, With(all, no), Grant("\"*\""));
        Denied(PolicyKind.Identity, With(no, all));
        Denied(PolicyKind.Boundary, new() { Identity = [all], Boundary = no });
        Denied(PolicyKind.Session, new() { Identity = [all], Session = [all, no] });
        Denied(PolicyKind.Bucket, With(all), Grant("\"*\"", "Deny"));
        Denied(PolicyKind.Bucket, With(all, no), Grant("\"*\"", "Deny"));
        Denied(PolicyKind.Bucket, With(all), Grant("{\"AWS\":\"111122223333\"}", "Deny"));
        Denied(PolicyKind.Bucket, With(all), Grant("{\"AWS\":\"arn:aws:iam::111122223333:role/ops\"}", "Deny"));
    }

    [Fact]
    public void Session_and_boundary_only_take_away_whoever_allowed()
    {
        var all = PolicyCase.Allow("*", "*");
        var put = PolicyCase.Allow("s3:PutObject", "*");
        foreach (var bucket in (Policy?[])[null, Grant("\"*\""), Grant("{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/ops/s1\"}")])
        {
            Assert.Equal(
                new(PolicyReason.ImplicitDeny, PolicyKind.Session),
                PolicyCase.Decide(PolicyCase.Session, "s3:GetObject", Key, bucket, new() { Identity = [all], Session = [put] }));
            Assert.Equal(
                new(PolicyReason.ImplicitDeny, PolicyKind.Session),
                PolicyCase.Decide(PolicyCase.Session, "s3:GetObject", Key, bucket, new() { Identity = [all], Session = [] }));
            Assert.Equal(
                new(PolicyReason.ImplicitDeny, PolicyKind.Boundary),
                PolicyCase.Decide(PolicyCase.Session, "s3:GetObject", Key, bucket, new() { Identity = [all], Boundary = put }));
        }

        Assert.False(PolicyCase.Decide(PolicyCase.Session, "s3:PutObject", Key, null, new() { Session = [all], Boundary = all }).IsAllowed);
        Assert.True(PolicyCase.Decide(PolicyCase.Session, "s3:PutObject", Key, null, new() { Identity = [all], Session = [put], Boundary = put }).IsAllowed);
    }

    [Fact]
    public void What_names_a_role_is_about_its_sessions()
    {
        Assert.True(PolicyCase.Decide(PolicyCase.Session, "s3:GetObject", Key, Grant("{\"AWS\":\"arn:aws:iam::111122223333:role/ops\"}")).IsAllowed);
        Assert.False(PolicyCase.Decide(PolicyCase.Session, "s3:GetObject", Key, Grant("{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/ops/s2\"}")).IsAllowed);
    }

    [Fact]
    public void NotPrincipal_denies_all_but_those_it_names()
    {
        var policy = PolicyCase.Bucket(
            """
            {"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::111122223333:user/ann","111122223333"]},"Action":"s3:*",
            "Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]},{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}
            """);
        Assert.True(PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, policy).IsAllowed);
        Assert.True(PolicyCase.Decide(PolicyCase.Root, "s3:GetObject", Key, policy).IsAllowed);
        Assert.False(PolicyCase.Decide(PolicyCase.Session, "s3:GetObject", Key, policy).IsAllowed);
        Assert.False(PolicyCase.Decide(Identity.Anonymous, "s3:GetObject", Key, policy).IsAllowed);
    }

    [Fact]
    public void The_owners_root_always_has_a_way_back_and_nobody_else()
    {
        var locked = PolicyCase.Bucket(
            """{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]}]}""");
        foreach (var action in (string[])[S3Action.GetBucketPolicy, S3Action.PutBucketPolicy, S3Action.DeleteBucketPolicy])
        {
            Assert.True(PolicyCase.Decide(PolicyCase.Root, action, "arn:aws:s3:::b", locked).IsAllowed);
            Assert.False(PolicyCase.Decide(PolicyCase.Foreigner, action, "arn:aws:s3:::b", locked).IsAllowed);
            Assert.False(PolicyCase.Decide(PolicyCase.User, action, "arn:aws:s3:::b", locked, With(PolicyCase.Allow("*", "*"))).IsAllowed);
        }

        Assert.False(PolicyCase.Decide(PolicyCase.Root, S3Action.GetBucketPolicyStatus, "arn:aws:s3:::b", locked).IsAllowed);
        Assert.False(PolicyCase.Decide(PolicyCase.Root, "s3:GetObject", Key, locked).IsAllowed);
    }

    [Fact]
    public void A_version_needs_its_own_action()
    {
        var grant = Grant("\"*\"");
        Assert.True(PolicyCase.Decide(Identity.Anonymous, S3Action.GetObject, Key, grant).IsAllowed);
        Assert.False(PolicyCase.Decide(Identity.Anonymous, S3Action.GetObjectVersion, Key, grant).IsAllowed);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("arn:aws:s3:::*")]
    public void Listing_buckets_is_on_all_of_them(string resource) =>
        Assert.True(PolicyCase.Decide(PolicyCase.User, S3Action.ListAllMyBuckets, "*", null, With(PolicyCase.Allow("s3:List*", resource))).IsAllowed);

    [Fact]
    public void Keys_are_compared_as_they_are()
    {
        var policies = With(PolicyCase.Allow("s3:GetObject", "arn:aws:s3:::b/a/*"));
        Assert.True(PolicyCase.Decide(PolicyCase.User, "s3:GetObject", "arn:aws:s3:::b/a/../c", null, policies).IsAllowed);
        Assert.False(PolicyCase.Decide(PolicyCase.User, "s3:GetObject", "arn:aws:s3:::b/A/c", null, policies).IsAllowed);
        Assert.False(PolicyCase.Decide(PolicyCase.User, "s3:GetObject", "arn:aws:s3:::b/a%2Fc", null, policies).IsAllowed);
    }

    [Fact]
    public void What_has_no_value_widens_nothing()
    {
        static Policy Without(string effect) => PolicyCase.Attached(
            $$$"""{"Version":"2012-10-17","Statement":{"Effect":"{{{effect}}}","Action":"s3:*","NotResource":"arn:aws:s3:::b/${aws:username}/*"}}""");
        Assert.False(PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, null, With(Without("Allow"))).IsAllowed);
        Assert.True(PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, null, With(Without("Allow")), ("aws:username", "ann")).IsAllowed);
        Assert.False(PolicyCase.Decide(PolicyCase.User, "s3:GetObject", Key, null, With(PolicyCase.Allow("*", "*"), Without("Deny"))).IsAllowed);
    }
}
