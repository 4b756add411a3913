using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Identities;

/// <summary>
/// Fetches documents of identity providers: over HTTPS only, without redirects, proxies or cookies, bounded in time and size. A host is
/// looked up once and the very addresses that were checked are connected to, so that a name that changes its mind gains nothing. Hosts that
/// the settings name may have private addresses, and a certificate of the authority that the settings name.
/// </summary>
internal sealed class OutboundClient : IDisposable
{
    private const int MaxAddresses = 4;
    private const int MaxHeaderKilobytes = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(4);

    private readonly IReadOnlyList<PrivateHost> _privateHosts;
    private readonly X509Certificate2Collection _authorities;
    private readonly HttpClient _http;

    public OutboundClient(ServerOptions options)
    {
        _privateHosts = options.PrivateIdentityHosts;
        _authorities = options.IdentityAuthorities;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = ConnectPatience,
            ConnectCallback = ConnectAsync,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxConnectionsPerServer = 2,
            PooledConnectionLifetime = TimeSpan.Zero,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsTrusted },
        })
        {
            Timeout = Patience,
        };
        _http.DefaultRequestHeaders.Add("Accept", "application/json");
    }

    /// <summary>A document; null where it cannot be had, whyever.</summary>
    /// <param name="address">Where; https.</param>
    /// <param name="maxBytes">How large it may be.</param>
    /// <param name="cancellationToken">Ends the fetch.</param>
    public async ValueTask<byte[]?> FetchAsync(Uri address, int maxBytes, CancellationToken cancellationToken)
    {
        if (address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return response.StatusCode == HttpStatusCode.OK ? await ReadAsync(response.Content, maxBytes, patience.Token) : null;
        }
        catch (Exception failure) when (IsOfNetwork(failure) || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>
    /// The thumbprint of the authority that signed the certificate shown at an address: of the last certificate before the root. Null where it
    /// cannot be connected to, or is not trusted.
    /// </summary>
    /// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html"/>
    public async ValueTask<string?> FindThumbprintAsync(Uri address, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        string? thumbprint = null;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = address.DnsSafeHost,
            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
            {
                thumbprint = ThumbprintOf(certificate, chain);
                return IsTrusted(sender, certificate, chain, errors);
            },
        };
        try
        {
            await using var tls = new SslStream(await ConnectAsync(address.DnsSafeHost, address.Port, patience.Token), leaveInnerStreamOpen: false);
            await tls.AuthenticateAsClientAsync(options, patience.Token);
            return thumbprint;
        }
        catch (Exception failure) when (IsOfNetwork(failure) || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsOfNetwork(Exception failure) => failure is HttpRequestException or IOException or AuthenticationException or SocketException;

    private static string? ThumbprintOf(X509Certificate? certificate, X509Chain? chain) =>
        (chain?.ChainElements.Select(element => element.Certificate).LastOrDefault(one => one.Subject != one.Issuer)?.Thumbprint
            ?? (certificate as X509Certificate2)?.Thumbprint)?.ToLowerInvariant();

    private static async ValueTask<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[maxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= maxBytes ? buffer[..length] : null;
    }

    private bool IsPrivateAllowed(string host, int port) => _privateHosts.Any(named => named.IsMeant(host, port));

    private ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);

    private async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        IPAddress[] found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = IsPrivateAllowed(host, port) ? found : [.. found.Where(PublicAddresses.Contains)];
        Exception failure = new HttpRequestException($"{host} has no address that may be connected to.");
        foreach (var address in allowed.Take(MaxAddresses))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException refused)
            {
                socket.Dispose();
                failure = refused;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure;
    }

    /// <summary>The machine's authorities, as ever; for a named host also those of the settings. The name in the certificate has to be right in any case.</summary>
    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors)
        {
            return errors == SslPolicyErrors.None;
        }

        var host = (sender as SslStream)?.TargetHostName ?? "";
        if (_authorities.Count == 0 || certificate is null || !_privateHosts.Any(named => named.IsMeant(host)))
        {
            return false;
        }

        using var anchored = new X509Chain();
        anchored.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        anchored.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        anchored.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null)
        {
            foreach (var element in chain.ChainElements)
            {
                anchored.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        using var leaf = new X509Certificate2(certificate);
        return anchored.Build(leaf);
    }
}
