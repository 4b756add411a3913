using System.Net;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.Storage.Identities;
using S3Cassandra.Support;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>Sessions for whom an OpenID Connect provider vouches for: a provider of the test's own, over HTTPS.</summary>
public sealed class WebIdentityTests(ServerFixture fixture) : IDisposable
{
    private const string Action = "AssumeRoleWithWebIdentity";
    private const string Client = "s3-client";

    private readonly IdentityLab _lab = new(fixture.Server);
    private readonly IamClient _sts = new(fixture.Server.Endpoint, "sts");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private TestIdentityProvider Provider => fixture.Server.IdentityProvider;

    public void Dispose()
    {
        _lab.Dispose();
        _sts.Dispose();
    }

    private static string Federated(string arn, string more = "") => Trust($$"""{"Federated":"{{arn}}"}""", "sts:AssumeRoleWithWebIdentity", more);

    private Task<string> RegisterAsync(string issuer, IamClient? by = null) => (by ?? _lab.Root).DoAsync(
        "CreateOpenIDConnectProvider", "OpenIDConnectProviderArn", Token, ("Url", issuer), ("ClientIDList.member.1", Client), ("ThumbprintList.member.1", new string('a', 40)));

    /// <summary>A provider that the account has although it would not be registered any more: its port was a setting's, say.</summary>
    private async Task<string> KeepAsync(string issuer)
    {
        var provider = new OidcProviderRecord
        {
            AccountId = await _lab.AccountIdAsync(),
            Name = issuer["https://".Length..],
            Created = DateTimeOffset.UtcNow,
            ClientIds = [Client],
        };
        var identities = fixture.Server.Services.GetRequiredService<IdentityStore>();
        Assert.Equal(IdentityOutcome.Changed, await identities.Providers.CreateAsync(provider, Token));
        return provider.Arn();
    }

    private async Task UnreachableAsync(string role, string jwt)
    {
        var (status, document) = await AssumeAsync(role, jwt);
        _sts.IsError((status, document), "InvalidIdentityToken", HttpStatusCode.BadRequest);
        Assert.StartsWith("Couldn't retrieve verification key", Text(document, "Message"), StringComparison.Ordinal);
    }

    private string Jwt(string issuer, string algorithm = "RS256", params (string Name, object? Value)[] others) =>
        Provider.Maker.Sign(algorithm, JwtMaker.Claims(issuer, Client, "repo:me/it", DateTimeOffset.UtcNow, others));

    private async Task<(HttpStatusCode Status, XElement Document)> AssumeAsync(string role, string jwt, params (string, string)[] more) =>
        await _sts.SendUnsignedAsync(
            Action, Token, [("RoleArn", role.Contains(':') ? role : await _lab.RoleArnAsync(role)), ("RoleSessionName", "web"), ("WebIdentityToken", jwt), .. more]);

    private async Task RefusedAsync(string role, string jwt, string code, params (string, string)[] more) =>
        _sts.IsError(await AssumeAsync(role, jwt, more), code, code == "AccessDenied" ? HttpStatusCode.Forbidden : HttpStatusCode.BadRequest);

    private async Task<(string Issuer, string Role)> TrustedAsync(string more = "")
    {
        var issuer = Provider.NewIssuer();
        var arn = await RegisterAsync(issuer);
        return (issuer, await _lab.RoleAsync(Federated(arn, more.Replace("ISSUER", issuer["https://".Length..], StringComparison.Ordinal)), Allow("s3:GetObject")));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS384")]
    [InlineData("ES256")]
    [InlineData("ES512")]
    public async Task A_token_of_a_registered_provider_opens_a_session(string algorithm)
    {
        var bucket = await _lab.BucketAsync();
        var (issuer, role) = await TrustedAsync(If("StringEquals", "ISSUER:sub", "repo:me/it"));
        var (status, document) = await AssumeAsync(role, Jwt(issuer, algorithm));
        Assert.True(status == HttpStatusCode.OK, document.ToString());
        Assert.Equal(("repo:me/it", Client), (Text(document, "SubjectFromWebIdentityToken"), Text(document, "Audience")));
        Assert.EndsWith(issuer["https://".Length..], Text(document, "Provider"));
        var session = _lab.Session(document);
        Assert.True(await MayAsync(session, bucket));
        Assert.False(await MayAsync(session, bucket, null));
        using var sts = new IamClient(session, "sts");
        Assert.EndsWith($":assumed-role/{role}/web", await sts.DoAsync("GetCallerIdentity", "Arn", Token));
    }

    [Fact]
    public async Task Its_claims_are_conditions()
    {
        foreach (var (key, good, claims) in ((string, string, (string, object?)[])[])
            [
                ("ISSUER:aud", Client, []),
                ("ISSUER:azp", Client, [("azp", Client), ("aud", "another")]),
                ("ISSUER:oaud", "another", [("azp", Client), ("aud", "another")]),
                ("sts:RoleSessionName", "web", []),
            ])
        {
            var (issuer, role) = await TrustedAsync(If("StringEquals", key, good));
            Assert.Equal(HttpStatusCode.OK, (await AssumeAsync(role, Jwt(issuer, others: claims))).Status);
            (issuer, role) = await TrustedAsync(If("StringEquals", key, good + "x"));
            await RefusedAsync(role, Jwt(issuer, others: claims), "AccessDenied");
        }
    }

    [Fact]
    public async Task Its_session_is_limited_as_any()
    {
        var bucket = await _lab.BucketAsync();
        var (issuer, role) = await TrustedAsync();
        var (_, document) = await AssumeAsync(role, Jwt(issuer), ("Policy", Allow("s3:GetObject", $"arn:aws:s3:::{bucket}/other")), ("DurationSeconds", "900"));
        Assert.False(await MayAsync(_lab.Session(document), bucket));
        await RefusedAsync(role, Jwt(issuer), "ValidationError", ("DurationSeconds", "7200"));
        await RefusedAsync(role, Jwt(issuer), "InvalidInput", ("ProviderId", "www.amazon.com"));
    }

    /// <summary>Attack 14, through the whole server.</summary>
    [Fact]
    public async Task A_forged_token_opens_nothing()
    {
        var (issuer, role) = await TrustedAsync();
        var good = Jwt(issuer).Split('.');
        var claims = JwtMaker.Claims(issuer, Client, "repo:me/it", DateTimeOffset.UtcNow);
        using var other = new JwtMaker();
        (string Jwt, string Code)[] forged =
        [
            ($"{JwtMaker.Encode("{\"alg\":\"none\"}")}.{good[1]}.", "InvalidIdentityToken"),
            ($"{good[0]}.{good[1]}.", "InvalidIdentityToken"),
            (JwtMaker.SignWithSecret(JwtMaker.Header("HS256", JwtMaker.RsaId), claims, Provider.Maker.RsaPem), "InvalidIdentityToken"),
            (other.Sign("RS256", claims), "InvalidIdentityToken"),
            (Jwt(issuer, others: ("aud", "somebody-else")), "InvalidIdentityToken"),
            (Jwt(issuer, others: ("exp", null)), "InvalidIdentityToken"),
            (Jwt(issuer, others: ("exp", DateTimeOffset.UtcNow.AddSeconds(-1).ToUnixTimeSeconds())), "ExpiredTokenException"),
            (Jwt(issuer, others: ("nbf", DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds())), "InvalidIdentityToken"),
            (Jwt(issuer + "/x"), "InvalidIdentityToken"),
            (Jwt("http" + issuer["https".Length..]), "InvalidIdentityToken"),
            ("not-a-token", "InvalidIdentityToken"),
        ];
        foreach (var (jwt, code) in forged)
        {
            await RefusedAsync(role, jwt, code);
        }

        Assert.Equal(HttpStatusCode.OK, (await AssumeAsync(role, Jwt(issuer))).Status);
    }

    [Fact]
    public async Task Only_the_provider_that_the_role_trusts_counts()
    {
        var (issuer, role) = await TrustedAsync();
        var another = Provider.NewIssuer();
        await RegisterAsync(another);
        await RefusedAsync(role, Jwt(another), "AccessDenied");
        await RefusedAsync(await _lab.RoleArnAsync(NewName()), Jwt(issuer), "AccessDenied");
        var byAccount = await _lab.RoleAsync(Trust("\"*\"", "sts:AssumeRoleWithWebIdentity"));
        await RefusedAsync(byAccount, Jwt(issuer), "AccessDenied");
    }

    [Fact]
    public async Task A_provider_of_another_account_vouches_for_nobody_here()
    {
        var (_, strangers) = await _lab.AccountAsync();
        using var there = new IamClient(strangers);
        var issuer = Provider.NewIssuer();
        var arn = await RegisterAsync(issuer, there);
        var role = await _lab.RoleAsync(Federated(arn));
        await RefusedAsync(role, Jwt(issuer), "InvalidIdentityToken");
        await RegisterAsync(issuer);
        await RefusedAsync(role, Jwt(issuer), "AccessDenied");
    }

    [Fact]
    public async Task A_provider_that_is_removed_or_keeps_a_client_out_vouches_no_more()
    {
        var (issuer, role) = await TrustedAsync();
        var arn = $"arn:aws:iam::{await _lab.AccountIdAsync()}:oidc-provider/{issuer["https://".Length..]}";
        Assert.Equal(HttpStatusCode.OK, (await AssumeAsync(role, Jwt(issuer))).Status);
        await _lab.Root.DoAsync("RemoveClientIDFromOpenIDConnectProvider", "none", Token, ("OpenIDConnectProviderArn", arn), ("ClientID", Client));
        await RefusedAsync(role, Jwt(issuer), "InvalidIdentityToken");
        await _lab.Root.DoAsync("AddClientIDToOpenIDConnectProvider", "none", Token, ("OpenIDConnectProviderArn", arn), ("ClientID", Client));
        Assert.Equal(HttpStatusCode.OK, (await AssumeAsync(role, Jwt(issuer))).Status);
        await _lab.Root.DoAsync("DeleteOpenIDConnectProvider", "none", Token, ("OpenIDConnectProviderArn", arn));
        await RefusedAsync(role, Jwt(issuer), "InvalidIdentityToken");
    }

    /// <summary>Attack 43: what an account writes down does not make the server ask everywhere, nor take any answer.</summary>
    [Fact]
    public async Task Wrong_answers_and_forbidden_addresses_vouch_for_nobody()
    {
        string Configuration(string issuer, string keys) => TestIdentityProvider.Json($$"""{"issuer":"{{issuer}}","jwks_uri":"{{keys}}"}""");
        (string Name, Func<string, string> Answer)[] wrong =
        [
            ("redirect", _ => $"HTTP/1.1 302 Found\r\nLocation: {Provider.Address("/keys")}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            ("other-issuer", _ => Configuration(Provider.Address("/somebody"), Provider.Address("/keys"))),
            ("plain-keys", issuer => Configuration(issuer, "http://127.0.0.1:1/keys")),
            ("private-keys", issuer => Configuration(issuer, "https://127.0.0.1:1/keys")),
            ("metadata-keys", issuer => Configuration(issuer, "https://169.254.169.254/latest")),
            ("file-keys", issuer => Configuration(issuer, "file:///etc/passwd")),
            ("huge", _ => TestIdentityProvider.Json(new string(' ', 70_000) + "{}")),
            ("no-json", _ => TestIdentityProvider.Json("<html>")),
            ("failure", _ => "HTTP/1.1 500 Failure\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        ];
        foreach (var (name, answer) in wrong)
        {
            var issuer = Provider.Address($"/{name}-{Guid.NewGuid():n}");
            Provider.Answer(new Uri(issuer).AbsolutePath + "/.well-known/openid-configuration", answer(issuer));
            await UnreachableAsync(await _lab.RoleAsync(Federated(await RegisterAsync(issuer))), Jwt(issuer));
        }

        foreach (var address in (string[])["https://localhost:1", "https://10.0.0.1", "https://[::1]", "https://[::ffff:127.0.0.1]", "https://169.254.169.254"])
        {
            var issuer = address + "/" + NewName();
            await UnreachableAsync(await _lab.RoleAsync(Federated(await KeepAsync(issuer))), Jwt(issuer));
        }
    }

    /// <summary>Not even a connection is made to a private address that the settings do not name, by whatever name it is called.</summary>
    [Fact]
    public async Task A_private_address_that_is_not_named_is_not_connected_to()
    {
        await using var other = new TestIdentityProvider();
        foreach (var host in (string[])["127.0.0.1", "localhost"])
        {
            var issuer = $"https://{host}:{other.Port}/{NewName()}";
            await UnreachableAsync(await _lab.RoleAsync(Federated(await KeepAsync(issuer))), Jwt(issuer));
        }

        // Nor by way of a provider that may be connected to.
        var named = Provider.Address("/" + NewName());
        Provider.Answer(
            new Uri(named).AbsolutePath + "/.well-known/openid-configuration",
            TestIdentityProvider.Json($$"""{"issuer":"{{named}}","jwks_uri":"{{other.Address("/keys")}}"}"""));
        await UnreachableAsync(await _lab.RoleAsync(Federated(await RegisterAsync(named))), Jwt(named));

        // Nor to see its certificate.
        var (status, document) = await _lab.Root.SendAsync("CreateOpenIDConnectProvider", Token, ("Url", "https://127.0.0.1/" + NewName()));
        _lab.Root.IsError((status, document), "OpenIdIdpCommunicationError", HttpStatusCode.BadRequest);
        Assert.Equal(0, other.Accepted);
    }

    /// <summary>That a provider cannot be reached is told to whom the role would trust; to everybody else the token is not a good one.</summary>
    [Fact]
    public async Task A_provider_that_cannot_be_reached_says_nothing_of_roles()
    {
        var issuer = Provider.Address($"/down-{Guid.NewGuid():n}");
        Provider.Answer(new Uri(issuer).AbsolutePath + "/.well-known/openid-configuration", TestIdentityProvider.Json("{}"));
        var role = await _lab.RoleAsync(Federated(await RegisterAsync(issuer), If("StringEquals", issuer["https://".Length..] + ":sub", "repo:me/it")));
        await UnreachableAsync(role, Jwt(issuer));
        var denied = Text((await AssumeAsync(role, Jwt(issuer, others: ("sub", "somebody-else")))).Document, "Message");
        var missing = Text((await AssumeAsync(NewName(), Jwt(issuer))).Document, "Message");
        var nonsense = Text((await AssumeAsync(role, Jwt("https://nobody.example.com"))).Document, "Message");
        Assert.Equal((denied, denied), (missing, nonsense));
        Assert.Contains("could not be validated", denied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_without_thumbprints_gets_that_of_its_authority()
    {
        var arn = await _lab.Root.DoAsync(
            "CreateOpenIDConnectProvider", "OpenIDConnectProviderArn", Token, ("Url", Provider.NewIssuer()), ("ClientIDList.member.1", Client));
        var (_, document) = await _lab.Root.SendAsync("GetOpenIDConnectProvider", Token, ("OpenIDConnectProviderArn", arn));
        var thumbprint = document.Descendants().Single(element => element.Name.LocalName == "ThumbprintList").Value;
        Assert.Matches("^[0-9a-f]{40}$", thumbprint);
    }

    [Fact]
    public async Task A_provider_is_asked_once_for_many_tokens()
    {
        var (issuer, role) = await TrustedAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AssumeAsync(role, Jwt(issuer))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await RefusedAsync(role, Provider.Maker.SignWith(JwtMaker.Header("RS256", "no-such-key"), JwtMaker.Claims(issuer, Client, "x", DateTimeOffset.UtcNow), "RS256"), "InvalidIdentityToken");
        Assert.Equal(1, Provider.Asked[new Uri(issuer).AbsolutePath + "/.well-known/openid-configuration"]);
    }
}
