using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.Support;

/// <summary>
/// An OpenID Connect provider in this process: HTTPS with a certificate of its own authority, keys of its own, and as many issuers as there
/// are paths. What it answers below a path can be made wrong.
/// </summary>
public sealed class TestIdentityProvider : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentDictionary<string, string> _answers = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    private int _accepted;

    public TestIdentityProvider()
    {
        var authority = new TestAuthority("identities");
        Authority = X509CertificateLoader.LoadCertificate(authority.Certificate.RawData);
        _certificate = authority.IssueServer([IPAddress.Loopback], "localhost");
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Answer("/keys", Json(Maker.KeySet));
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public X509Certificate2 Authority { get; }

    public JwtMaker Maker { get; } = new();

    /// <summary>How many connections came, whatever became of them.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How often each path was asked for.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    /// <summary>An issuer that answers as it should.</summary>
    public string NewIssuer()
    {
        var path = $"/{Guid.NewGuid():n}";
        var issuer = Address(path);
        Answer(path + "/.well-known/openid-configuration", Json($$"""{"issuer":"{{issuer}}","jwks_uri":"{{Address("/keys")}}"}"""));
        return issuer;
    }

    public string Address(string path) => string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{Port}{path}");

    /// <summary>Says what a path answers: a whole response, status line and all.</summary>
    public void Answer(string path, string response) => _answers[path] = response;

    public static string Json(string body) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _ending.Dispose();
        _certificate.Dispose();
        Maker.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It ends.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _ending.Token);
                using var reader = new StreamReader(tls, Encoding.ASCII);
                var line = await reader.ReadLineAsync(_ending.Token) ?? "";
                while (await reader.ReadLineAsync(_ending.Token) is { Length: > 0 })
                {
                }

                var path = line.Split(' ') is [_, var asked, ..] ? asked : "";
                Asked.AddOrUpdate(path, 1, (_, count) => count + 1);
                var response = _answers.GetValueOrDefault(path, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                await tls.WriteAsync(Encoding.UTF8.GetBytes(response), _ending.Token);
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // The other side has had enough.
            }
        }
    }
}
