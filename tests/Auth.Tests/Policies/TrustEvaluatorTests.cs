using System.Text;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.Auth.Tests.Policies;

/// <summary>Who may assume a role: by name, through an account, across accounts, vouched for by a provider.</summary>
public sealed class TrustEvaluatorTests
{
    private const string Home = "111111111111";
    private const string Away = "222222222222";
    private const string Role = "arn:aws:iam::111111111111:role/r";
    private const string User = "arn:aws:iam::111111111111:user/u";
    private const string Provider = "arn:aws:iam::111111111111:oidc-provider/id.example.com";

    private static readonly string Canonical = new('a', 64);
    private static readonly Dictionary<string, string> Ids = new() { [User] = "AIDAU", [Role] = "AROAR", ["arn:aws:sts::111111111111:assumed-role/r/s1"] = "AROAR" };

    private static Policy Trust(string principal, string effect = "Allow", string more = "", string action = "sts:AssumeRole") => Parse(
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Principal":{{principal}},"Action":"{{action}}"{{more}}}]}""", PolicyKind.Trust);

    private static Policy Parse(string json, PolicyKind kind) => PolicyParser.Parse(Encoding.UTF8.GetBytes(json), kind).Policy!;

    private static Policy Own(string effect = "Allow", string action = "sts:AssumeRole") =>
        Parse($$"""{"Statement":[{"Effect":"{{effect}}","Action":"{{action}}","Resource":"*"}]}""", PolicyKind.Identity);

    private static Identity Of(string arn, string account, string? id, string? issuer = null) =>
        Identity.Principal(arn, account, Canonical) with { UniqueId = id, IssuerArn = issuer };

    private static Identity Somebody(string account = Home, string id = "AIDAU") => Of($"arn:aws:iam::{account}:user/u", account, id);

    private static bool May(Identity who, Policy trust, PrincipalPolicies? policies = null) => TrustEvaluator.Decide(
        new PolicyRequest(who, "sts:AssumeRole", Role, Home, NoFacts.Instance), policies ?? PrincipalPolicies.None, trust, Ids).IsAllowed;

    private static bool MayWith(Identity who, Policy trust, Policy own) => May(who, trust, new PrincipalPolicies { Identity = [own] });

    [Fact]
    public void A_user_that_is_named_needs_nothing_else() => Assert.True(May(Somebody(), Trust($$"""{"AWS":"{{User}}"}""")));

    [Fact]
    public void A_user_made_again_under_the_name_is_not_who_was_trusted()
    {
        Assert.False(May(Somebody(id: "AIDAOTHER"), Trust($$"""{"AWS":"{{User}}"}""")));
        Assert.False(MayWith(Somebody(id: "AIDAOTHER"), Trust($$"""{"AWS":"{{User}}"}"""), Own()));
        Assert.False(May(Of("arn:aws:iam::111111111111:user/x", Home, "AIDAX"), Trust("""{"AWS":"arn:aws:iam::111111111111:user/x"}""")));
    }

    [Fact]
    public void A_denial_of_a_name_that_was_made_again_does_not_hit_the_new_one() =>
        Assert.True(MayWith(Somebody(id: "AIDAOTHER"), TwoOf(Trust($$"""{"AWS":"{{User}}"}""", "Deny"), Trust($$"""{"AWS":"{{Home}}"}""")), Own()));

    [Fact]
    public void Through_its_account_it_needs_a_policy_of_its_own()
    {
        var trust = Trust($$"""{"AWS":"{{Home}}"}""");
        Assert.False(May(Somebody(), trust));
        Assert.False(MayWith(Somebody(), trust, Own(action: "s3:*")));
        Assert.True(MayWith(Somebody(), trust, Own()));
        Assert.True(May(Identity.Root(Home, Canonical), trust));
    }

    [Fact]
    public void A_policy_of_its_own_does_not_do_without_trust()
    {
        Assert.False(MayWith(Somebody(), Trust($$"""{"AWS":"{{Away}}"}"""), Own()));
        Assert.False(May(Identity.Root(Home, Canonical), Trust($$"""{"AWS":"{{Away}}"}""")));
    }

    [Fact]
    public void Across_accounts_it_takes_both()
    {
        var stranger = Somebody(Away);
        Assert.False(May(stranger, Trust($$"""{"AWS":"{{Away}}"}""")));
        Assert.False(MayWith(stranger, Trust($$"""{"AWS":"{{Home}}"}"""), Own()));
        Assert.False(May(stranger, Trust("\"*\"")));
        Assert.True(MayWith(stranger, Trust("\"*\""), Own()));
        Assert.True(MayWith(stranger, Trust($$"""{"AWS":"{{Away}}"}"""), Own()));
    }

    [Fact]
    public void A_denial_anywhere_wins()
    {
        var named = Trust($$"""{"AWS":"{{User}}"}""");
        Assert.False(MayWith(Somebody(), named, Own("Deny")));
        Assert.False(MayWith(Somebody(), TwoOf(named, Trust("\"*\"", "Deny")), Own()));
        Assert.False(May(Somebody(), named, new PrincipalPolicies { Boundary = Own("Deny"), Identity = [Own()] }));
    }

    [Fact]
    public void Boundary_and_session_limit_also_who_is_named()
    {
        var named = Trust($$"""{"AWS":"{{User}}"}""");
        Assert.False(May(Somebody(), named, new PrincipalPolicies { Identity = [Own()], Boundary = Own(action: "s3:*") }));
        Assert.False(May(Somebody(), named, new PrincipalPolicies { Identity = [Own()], Session = [Own(action: "s3:*")] }));
        Assert.True(May(Somebody(), named, new PrincipalPolicies { Identity = [Own()], Session = [Own()] }));
    }

    [Fact]
    public void A_roles_sessions_are_meant_by_its_name_and_one_by_its_own()
    {
        var session = Of("arn:aws:sts::111111111111:assumed-role/r/s1", Home, "AROAR:s1", Role);
        Assert.True(May(session, Trust($$"""{"AWS":"{{Role}}"}""")));
        Assert.True(May(session, Trust($$"""{"AWS":"{{session.PrincipalArn}}"}""")));
        Assert.False(May(session with { UniqueId = "AROAOTHER:s" }, Trust($$"""{"AWS":"{{Role}}"}""")));
        Assert.False(May(session with { UniqueId = "AROAOTHER:s" }, Trust($$"""{"AWS":"{{session.PrincipalArn}}"}""")));
    }

    [Fact]
    public void Nobody_is_never_trusted() => Assert.False(MayWith(Identity.Anonymous, Trust("\"*\""), Own()));

    [Fact]
    public void A_provider_is_trusted_by_its_name_alone()
    {
        bool May(Policy trust, string provider = Provider, string action = "sts:AssumeRoleWithWebIdentity") => TrustEvaluator.Decide(
            new PolicyRequest(Identity.Anonymous, action, Role, Home, NoFacts.Instance), trust, provider).IsAllowed;
        var named = Trust($$"""{"Federated":"{{Provider}}"}""", action: "sts:AssumeRoleWithWebIdentity");
        Assert.True(May(named));
        Assert.False(May(named, Provider + "/other"));
        Assert.False(May(named, action: "sts:AssumeRole"));
        Assert.False(May(Trust("\"*\"", action: "sts:AssumeRoleWithWebIdentity")));
        Assert.False(May(Trust($$"""{"AWS":"{{Home}}"}""", action: "sts:AssumeRoleWithWebIdentity")));
        Assert.False(May(TwoOf(named, Trust($$"""{"Federated":"{{Provider}}"}""", "Deny", action: "sts:AssumeRoleWithWebIdentity"))));
        Assert.False(May(Trust(
            $$"""{"Federated":"{{Provider}}"}""", more: ",\"Condition\":{\"StringEquals\":{\"id.example.com:sub\":\"x\"}}", action: "sts:AssumeRoleWithWebIdentity")));
    }

    /// <summary>A condition that nothing is known of holds for no Allow, and a principal that is everyone else for every Deny.</summary>
    [Fact]
    public void All_but_those_named_are_denied()
    {
        var trust = Parse(
            $$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"AWS":"{{Home}}"},"Action":"sts:AssumeRole"},
              {"Effect":"Deny","NotPrincipal":{"AWS":"{{User}}"},"Action":"sts:AssumeRole"}]}
            """.Trim(),
            PolicyKind.Trust);
        Assert.True(MayWith(Somebody(), trust, Own()));
        Assert.False(MayWith(Somebody(id: "AIDAOTHER"), trust, Own()));
        Assert.False(MayWith(Of("arn:aws:iam::111111111111:user/x", Home, "AIDAX"), trust, Own()));
    }

    private static Policy TwoOf(Policy one, Policy two) => new("2012-10-17", null, [.. one.Statements, .. two.Statements]);
}
