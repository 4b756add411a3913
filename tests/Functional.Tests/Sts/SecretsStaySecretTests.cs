using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using S3Cassandra.Functional.Tests.Iam;
using S3Cassandra.S3Server.Hosting;
using S3Cassandra.Storage.Embedded;
using S3Cassandra.Support;
using static S3Cassandra.Functional.Tests.Sts.IdentityLab;

namespace S3Cassandra.Functional.Tests.Sts;

/// <summary>
/// Secrets, session tokens, signatures that hold, customers' keys and web identity tokens, used rightly and wrongly in every way that there
/// is, and none of them in the server's log at its most talkative, its access log, its audit log or any error.
/// </summary>
public sealed class SecretsStaySecretTests : IAsyncLifetime
{
    private const string Bucket = "bucket";

    private readonly TemporaryFolder _folder = new();
    private readonly CollectedLogs _logs = new();
    private readonly MemoryStream _accessLog = new();
    private readonly HashSet<string> _secrets = [RunningServer.SecretKey];
    private readonly List<string> _errors = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private EmbeddedStore _store = null!;
    private RunningServer _server = null!;
    private IdentityLab _lab = null!;
    private bool _isStopped;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string AuditLog => _folder["audit.log"];

    public async ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(new EmbeddedStoreOptions { Directory = _folder["data"] });
        var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        _server = await RunningServer.StartAsync(
            new StoreSeams(_store.Index, _store.Blobs, _store.Catalog, _store.Options.InlineThreshold),
            options => options with { AuditLog = AuditLog },
            logs: logs,
            accessLog: _accessLog);
        _lab = new IdentityLab(_server);
        await _server.Raw.CreateBucketAsync(Bucket, Token);
        await _server.Raw.PutAsync(Bucket, "k", "text"u8.ToArray(), Token);
    }

    public async ValueTask DisposeAsync()
    {
        _lab.Dispose();
        _http.Dispose();
        if (!_isStopped)
        {
            await _server.DisposeAsync();
        }

        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nothing_secret_is_logged_or_told()
    {
        var (user, endpoint) = await _lab.UserAsync(Allow("sts:*"));
        var (session, role) = await _lab.SessionAsync(Allow("s3:GetObject"), ("Policy", Allow("s3:*")));
        foreach (var who in new[] { _server.Endpoint, Secret(endpoint), Secret(session), await UsersSessionAsync(endpoint) })
        {
            await UseAsync(who);
            await MisuseAsync(who);
        }

        await UseWebIdentityAsync();
        await RefusedActionsAsync(user, role, session);
        await _lab.ForgetRoleAsync(role);
        await SendAsync(session, HttpMethod.Get, "k");
        _isStopped = true;
        await _server.DisposeAsync();

        var audit = await File.ReadAllTextAsync(AuditLog, Token);
        var access = Encoding.UTF8.GetString(_accessLog.ToArray());
        Assert.True(_secrets.Count > 40 && _errors.Count > 30 && audit.Length > 1000 && access.Length > 1000 && _logs.Text.Length > 1000);
        foreach (var (place, text) in new[] { ("log", _logs.Text), ("access log", access), ("audit log", audit), ("errors", string.Join('\n', _errors)) })
        {
            var decoded = Uri.UnescapeDataString(text);
            Assert.All(_secrets, secret =>
            {
                Assert.False(text.Contains(secret, StringComparison.Ordinal) || decoded.Contains(secret, StringComparison.Ordinal), $"{secret} is in the {place}");
                Assert.False(text.Contains(Dump(secret), StringComparison.Ordinal), $"The bytes of {secret} are in the {place}");
            });
        }
    }

    /// <summary>In the header, in a URL, with a customer's key, in a form.</summary>
    private async Task UseAsync(S3Endpoint who)
    {
        await SendAsync(who, HttpMethod.Get, "k");
        await SendAsync(who, HttpMethod.Get, "missing");
        await SendAsync(who, HttpMethod.Get, "k", "?X-Amz-Expires=nonsense");
        var customers = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var other = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await SendAsync(who, HttpMethod.Put, "own", "", Customers(customers));
        await SendAsync(who, HttpMethod.Get, "own", "", Customers(other));
        await SendAsync(who, HttpMethod.Get, "own", "", [.. Customers(customers)[..2], ("x-amz-server-side-encryption-customer-key-md5", "bm9uc2Vuc2U=")]);
        var form = new PostForm(who, Bucket, "form");
        if (who.SessionToken is { } token)
        {
            form.With("x-amz-security-token", token);
        }

        form.SignV4();
        _secrets.Add(form.Fields.Single(field => field.Name == "x-amz-signature").Value);
        Note(await form.SendAsync(Token));
    }

    /// <summary>A wrong secret with the right token, a token that was changed, a token of somebody else, another version's signature.</summary>
    private async Task MisuseAsync(S3Endpoint who)
    {
        var forged = who with { SecretKey = "x" + who.SecretKey[1..] };
        await SendAsync(forged, HttpMethod.Get, "k", isWrong: true);
        await SendAsync(forged, HttpMethod.Put, "k", "", Customers(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), isWrong: true);
        var presigned = $"?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={who.AccessKey}%2F{DateTime.UtcNow:yyyyMMdd}%2Fus-east-1%2Fs3%2Faws4_request"
            + $"&X-Amz-Date={DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature={new string('0', 64)}";
        await PlainAsync($"k{presigned}{(who.SessionToken is { } token ? $"&X-Amz-Security-Token={Uri.EscapeDataString(token)}" : "")}");
        await PlainAsync("k", ("Authorization", $"AWS {who.AccessKey}:bm9uc2Vuc2U="), ("Date", DateTime.UtcNow.ToString("R")), ("x-amz-security-token", who.SessionToken ?? ""));
        await PlainAsync("k", ("Authorization", $"Bearer {who.SecretKey}"));
        await PlainAsync($"k?secret={Uri.EscapeDataString(who.SecretKey)}", ("Referer", who.SecretKey), ("Cookie", who.SecretKey), ("User-Agent", "a"));
        await SendAsync(who with { SessionToken = (who.SessionToken ?? "none") + "x" }, HttpMethod.Get, "k");
        await SendAsync(who with { AccessKey = "ASIANOBODYNOBODY" }, HttpMethod.Get, "k", isWrong: true);
        using var iam = new IamClient(forged);
        Note(await iam.SendAsync("GetUser", Token));
        using var sts = new IamClient(who with { SessionToken = null, AccessKey = "AKIANOBODYNOBODY" }, "sts");
        Note(await sts.SendAsync("GetCallerIdentity", Token));
    }

    private async Task UseWebIdentityAsync()
    {
        var provider = _server.IdentityProvider;
        var issuer = provider.NewIssuer();
        var arn = await _lab.Root.DoAsync("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn", Token, ("Url", issuer), ("ClientIDList.member.1", "client"));
        var role = await _lab.RoleAsync(Trust($$"""{"Federated":"{{arn}}"}""", "sts:AssumeRoleWithWebIdentity"));
        using var sts = new IamClient(_server.Endpoint, "sts");
        var good = provider.Maker.Sign("RS256", JwtMaker.Claims(issuer, "client", "me", DateTimeOffset.UtcNow));
        var wrong = provider.Maker.Sign("RS256", JwtMaker.Claims(issuer, "another", "me", DateTimeOffset.UtcNow));
        foreach (var jwt in new[] { good, wrong, good + "x" })
        {
            _secrets.Add(jwt);
            _secrets.Add(jwt.Split('.')[2]);
            foreach (var name in new[] { role, "nobody" })
            {
                var (status, document) = await sts.SendUnsignedAsync(
                    "AssumeRoleWithWebIdentity", Token, ("RoleArn", await _lab.RoleArnAsync(name)), ("RoleSessionName", "web"), ("WebIdentityToken", jwt));
                if (status == HttpStatusCode.OK)
                {
                    await UseAsync(Secret(_lab.Session(document)));
                }
                else
                {
                    Note((status, document));
                }
            }
        }
    }

    private async Task RefusedActionsAsync(string user, string role, S3Endpoint session)
    {
        using var asSession = new IamClient(session);
        Note(await asSession.SendAsync("CreateAccessKey", Token, ("UserName", user), ("Extra", session.SecretKey)));
        Note(await _lab.Root.SendAsync("CreateUser", Token, ("UserName", user), ("SecretAccessKey", session.SecretKey)));
        Note(await _lab.Root.SendAsync("PutUserPolicy", Token, ("UserName", user), ("PolicyName", "p"), ("PolicyDocument", session.SessionToken!)));
        using var sts = new IamClient(session, "sts");
        Note(await sts.SendAsync("AssumeRole", Token, ("RoleArn", await _lab.RoleArnAsync(role)), ("RoleSessionName", "s"), ("TokenCode", session.SecretKey)));
        Note(await sts.SendAsync("GetSessionToken", Token));
        Note(await _lab.Root.SendForgedAsync("ListUsers", "iam", "another"u8.ToArray(), Token, ("Marker", session.SecretKey)));
    }

    private async Task<S3Endpoint> UsersSessionAsync(S3Endpoint endpoint)
    {
        using var sts = new IamClient(endpoint, "sts");
        var (status, document) = await sts.SendAsync("GetSessionToken", Token);
        Assert.Equal(HttpStatusCode.OK, status);
        return Secret(_lab.Session(document));
    }

    private S3Endpoint Secret(S3Endpoint endpoint)
    {
        _secrets.Add(endpoint.SecretKey);
        if (endpoint.SessionToken is { } token)
        {
            _secrets.Add(token);
        }

        return endpoint;
    }

    private (string, string)[] Customers(string key)
    {
        _secrets.Add(key);
        return
        [
            ("x-amz-server-side-encryption-customer-algorithm", "AES256"), ("x-amz-server-side-encryption-customer-key", key),
            ("x-amz-server-side-encryption-customer-key-md5", Convert.ToBase64String(MD5.HashData(Convert.FromBase64String(key)))),
        ];
    }

    /// <summary>Signed; the signature is a secret unless it is wrong on purpose.</summary>
    private async Task SendAsync(
        S3Endpoint who, HttpMethod method, string key, string query = "", (string Name, string Value)[]? headers = null, bool isWrong = false)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{who.Url}/{Bucket}/{key}{query}"));
        foreach (var (name, value) in headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        SignatureV4.Sign(request, who, SignatureV4.Hex(SHA256.HashData([])), DateTimeOffset.UtcNow);
        if (!isWrong)
        {
            _secrets.Add(request.Headers.NonValidated["Authorization"].ToString().Split("Signature=")[1]);
        }

        await SendAsync(request);
    }

    private async Task PlainAsync(string target, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_server.Endpoint.Url}/{Bucket}/{target}"));
        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        await SendAsync(request);
    }

    private async Task SendAsync(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request, Token);
        var text = $"{answer.Headers}\n{await answer.Content.ReadAsStringAsync(Token)}";
        if (!answer.IsSuccessStatusCode)
        {
            _errors.Add(text);
        }
    }

    private void Note(S3Response answer)
    {
        if (!answer.IsSuccess)
        {
            _errors.Add(answer.Text);
        }
    }

    private void Note((HttpStatusCode Status, System.Xml.Linq.XElement Document) answer)
    {
        Assert.NotEqual(HttpStatusCode.OK, answer.Status);
        _errors.Add(answer.Document.ToString());
    }

    /// <summary>As a dump of bytes shows it.</summary>
    private static string Dump(string secret) => string.Join(' ', Encoding.UTF8.GetBytes(secret).Select(value => $"{value:x2}"));
}
