using System.Net;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.Support;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>What somebody might try to get into a role that does not trust him. None of it succeeds.</summary>
public sealed class AssumptionEscalationTests(ServerFixture fixture) : IDisposable
{
    private readonly IdentityLab _lab = new(fixture.Server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_policy_of_ones_own_does_not_do_without_trust()
    {
        var (_, endpoint) = await _lab.UserAsync(Allow("*"));
        var (other, _) = await _lab.UserAsync();
        await _lab.RefusedAsync(endpoint, await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(other)))));
    }

    [Fact]
    public async Task Trust_in_an_account_is_not_trust_in_everybody_in_it()
    {
        var (_, endpoint) = await _lab.UserAsync(Allow("s3:*"));
        await _lab.RefusedAsync(endpoint, await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync()))));
    }

    [Fact]
    public async Task A_role_that_is_not_there_looks_as_one_that_does_not_trust()
    {
        var (_, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())));
        var (there, denied) = await _lab.TryAssumeAsync(endpoint, role);
        var (absent, unknown) = await _lab.TryAssumeAsync(endpoint, role + "x");
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (there, absent));
        Assert.Equal(Text(denied, "Message") + "x", Text(unknown, "Message"));
    }

    [Fact]
    public async Task The_external_id_has_to_be_right()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user)), more: If("StringEquals", "sts:ExternalId", "secret-id")));
        await _lab.RefusedAsync(endpoint, role);
        await _lab.RefusedAsync(endpoint, role, more: ("ExternalId", "secret-iD"));
        await _lab.RefusedAsync(endpoint, role, "ValidationError", ("ExternalId", "secret*id"));
        await _lab.RefusedAsync(endpoint, role, more: ("externalid", "secret-id"));
    }

    [Fact]
    public async Task The_root_assumes_nothing()
    {
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())), Allow("*"));
        await _lab.RefusedAsync(fixture.Server.Endpoint, role);
    }

    [Fact]
    public async Task A_user_made_again_under_a_trusted_name_is_not_trusted()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user))));
        await _lab.AssumeAsync(endpoint, role);
        await _lab.ForgetUserAsync(user, endpoint);
        var (_, again) = await _lab.UserAsync(Allow("*"), user);
        await _lab.RefusedAsync(again, role);
    }

    [Fact]
    public async Task A_role_made_again_under_a_trusted_name_is_not_trusted()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var mine = Trust(Aws(await _lab.UserArnAsync(user)));
        var first = await _lab.RoleAsync(mine, Allow("sts:*"));
        var second = await _lab.RoleAsync(Trust(Aws(await _lab.RoleArnAsync(first))));
        await _lab.AssumeAsync(await _lab.AssumeAsync(endpoint, first), second);
        await _lab.ForgetRoleAsync(first);
        await _lab.RoleAsync(mine, Allow("sts:*"), first);
        await _lab.RefusedAsync(await _lab.AssumeAsync(endpoint, first), second);
    }

    [Fact]
    public async Task Another_spelling_of_a_roles_ARN_names_no_role()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user))), more: ("Path", "/team/"));
        var account = await _lab.AccountIdAsync();
        foreach (var arn in (string[])[role, "/" + role, "TEAM/" + role, "team/" + role.ToUpperInvariant(), "team//" + role, "x/team/" + role, "team/" + role + "/"])
        {
            await _lab.RefusedAsync(endpoint, $"arn:aws:iam::{account}:role/{arn}");
        }

        await _lab.AssumeAsync(endpoint, $"arn:aws:iam::{account}:role/team/{role}");
    }

    [Fact]
    public async Task A_denial_in_the_trust_policy_wins()
    {
        var (user, endpoint) = await _lab.UserAsync(Allow("*"));
        var arn = await _lab.UserArnAsync(user);
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{arn}}"},"Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"Bool":{"aws:SecureTransport":"false"} } }]}""";
        await _lab.RefusedAsync(endpoint, await _lab.RoleAsync(trust));
    }

    [Fact]
    public async Task A_denial_of_ones_own_wins_over_trust_by_name()
    {
        var (user, endpoint) = await _lab.UserAsync(Deny("sts:AssumeRole"));
        await _lab.RefusedAsync(endpoint, await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user)))));
    }

    [Fact]
    public async Task An_address_that_a_client_claims_is_not_where_it_is()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user)), more: If("IpAddress", "aws:SourceIp", "203.0.113.7")));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var header in (string[])["X-Forwarded-For", "X-Real-IP", "Forwarded", "aws-SourceIp"])
        {
            var form = $"Action=AssumeRole&Version=2011-06-15&RoleSessionName=session&RoleArn={Uri.EscapeDataString(await _lab.RoleArnAsync(role))}";
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.Url + "/")) { Content = new StringContent(form, null, "application/x-www-form-urlencoded") };
            request.Headers.Add(header, "203.0.113.7");
            SignatureV4.Sign(request, endpoint, SignatureV4.Hex(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(form))), DateTimeOffset.UtcNow, "sts");
            using var answer = await http.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Trust_in_a_provider_lets_no_user_in()
    {
        var (_, endpoint) = await _lab.UserAsync(Allow("*"));
        var provider = $$"""{"Federated":"arn:aws:iam::{{await _lab.AccountIdAsync()}}:oidc-provider/id.example.com"}""";
        await _lab.RefusedAsync(endpoint, await _lab.RoleAsync(Trust(provider, "sts:AssumeRoleWithWebIdentity")));
        await _lab.RefusedAsync(endpoint, await _lab.RoleAsync(Trust(provider)));
        await _lab.RefusedAsync(endpoint, await _lab.RoleAsync(Trust("""{"Service":"ec2.amazonaws.com"}""")));
    }

    [Fact]
    public async Task Tags_need_a_permission_of_their_own()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user))));
        await _lab.RefusedAsync(endpoint, role, more: [("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "admins")]);
        await _lab.RefusedAsync(endpoint, role, more: ("SourceIdentity", "somebody-else"));
    }

    [Fact]
    public async Task What_is_transitive_stays_down_the_chain()
    {
        var (user, endpoint) = await _lab.UserAsync();
        static string Tagging(string trust) => trust.Replace("\"sts:AssumeRole\"", "[\"sts:AssumeRole\",\"sts:TagSession\",\"sts:SetSourceIdentity\"]", StringComparison.Ordinal);
        var first = await _lab.RoleAsync(Tagging(Trust(Aws(await _lab.UserArnAsync(user)))), Allow("sts:*"));
        var second = await _lab.RoleAsync(Tagging(Trust(Aws(await _lab.RoleArnAsync(first)))));
        var session = await _lab.AssumeAsync(
            endpoint, first, ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red"), ("TransitiveTagKeys.member.1", "team"), ("SourceIdentity", "me"));
        await _lab.RefusedAsync(session, second, "InvalidParameterValue", ("Tags.member.1.Key", "TEAM"), ("Tags.member.1.Value", "blue"));
        await _lab.RefusedAsync(session, second, more: ("SourceIdentity", "another"));
        await _lab.AssumeAsync(session, second, ("SourceIdentity", "me"));
    }

    [Fact]
    public async Task Only_what_is_signed_for_STS_counts_there()
    {
        var (user, endpoint) = await _lab.UserAsync();
        var role = await _lab.RoleArnAsync(await _lab.RoleAsync(Trust(Aws(await _lab.UserArnAsync(user)))));
        (string, string)[] parameters = [("RoleArn", role), ("RoleSessionName", "session")];
        foreach (var service in (string[])["s3", "ec2", "STS", ""])
        {
            using var other = new IamClient(endpoint, service);
            Assert.Equal(HttpStatusCode.BadRequest, (await other.SendAsync("AssumeRole", Token, parameters)).Status);
        }

        using var sts = new IamClient(endpoint, "sts");
        Assert.Equal(HttpStatusCode.Forbidden, (await sts.SendUnsignedAsync("AssumeRole", Token, parameters)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sts.SendForgedAsync("AssumeRole", "sts", IamClient.Form("GetCallerIdentity"), Token, parameters)).Status);
        using var elsewhere = new IamClient(endpoint with { Region = "eu-west-1" }, "sts");
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.SendAsync("AssumeRole", Token, parameters)).Status);
    }

    [Fact]
    public async Task A_user_does_not_write_itself_into_a_trust_policy()
    {
        var (user, endpoint) = await _lab.UserAsync(Allow("iam:Get*"));
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())), Allow("*"));
        using var iam = new IamClient(endpoint);
        (string Action, (string, string)[] Parameters)[] attempts =
        [
            ("UpdateAssumeRolePolicy", [("RoleName", role), ("PolicyDocument", Trust(Aws(await _lab.UserArnAsync(user))))]),
            ("UpdateRole", [("RoleName", role), ("MaxSessionDuration", "43200")]),
            ("CreateRole", [("RoleName", NewName()), ("AssumeRolePolicyDocument", Trust(Aws(await _lab.UserArnAsync(user))))]),
            ("PutRolePolicy", [("RoleName", role), ("PolicyName", "p"), ("PolicyDocument", Allow("*"))]),
            ("AttachRolePolicy", [("RoleName", role), ("PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess")]),
            ("DeleteRolePermissionsBoundary", [("RoleName", role)]),
            ("DeleteRole", [("RoleName", role)]),
            ("TagRole", [("RoleName", role), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "admins")]),
            ("CreateOpenIDConnectProvider", [("Url", "https://evil.example.com")]),
        ];
        foreach (var (action, parameters) in attempts)
        {
            await iam.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, action, Token, parameters);
        }

        Assert.Equal(role, await iam.DoAsync("GetRole", "RoleName", Token, ("RoleName", role)));
    }

    [Fact]
    public async Task Rights_on_some_roles_are_not_rights_on_those_of_another_spelling()
    {
        var admins = await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())), more: ("Path", "/admins/"));
        var (_, endpoint) = await _lab.UserAsync(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"arn:aws:iam::*:role/admins/*"}]}""");
        using var iam = new IamClient(endpoint);
        foreach (var name in (string[])[admins, admins.ToUpperInvariant()])
        {
            await iam.RefusedAsync("AccessDenied", HttpStatusCode.Forbidden, "PutRolePolicy", Token, ("RoleName", name), ("PolicyName", "p"), ("PolicyDocument", Allow("*")));
        }
    }

    [Fact]
    public async Task A_strangers_role_is_not_administered_from_here()
    {
        var (_, strangers) = await _lab.AccountAsync();
        var role = await _lab.RoleAsync(Trust(Aws(await _lab.AccountIdAsync())), Allow("*"));
        using var there = new IamClient(strangers);
        foreach (var action in (string[])["GetRole", "DeleteRole", "ListRolePolicies"])
        {
            await there.RefusedAsync("NoSuchEntity", HttpStatusCode.NotFound, action, Token, ("RoleName", role));
        }

        Assert.DoesNotContain(role, await there.DoAsync("ListRoles", "RoleName", Token));
    }
}
