using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace S3Cassandra.Cql.Connections;

/// <summary>The bytes' way to a node: TCP, and TLS over it when asked for.</summary>
internal static class Transport
{
    /// <summary>Connects. The stream that is returned owns its socket.</summary>
    /// <exception cref="CqlConnectionException">Nobody listens there, or TLS failed; the message says which and why.</exception>
    public static async ValueTask<Stream> ConnectAsync(IPEndPoint address, ConnectionOptions options, OwnCertificate own, CancellationToken token)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(address, token);
            stream = new NetworkStream(socket, ownsSocket: true);
            return options.Tls is { } tls ? await SecureAsync(stream, address, tls, own, options.HostName, token) : stream;
        }
        catch (Exception e)
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }
            socket.Dispose();
            throw e is SocketException
                ? new CqlConnectionException($"No connection to {address}: {e.Message}. Is Cassandra's native transport listening there?", e) { Node = address }
                : e;
        }
    }

    private static async ValueTask<Stream> SecureAsync(
        Stream plain, IPEndPoint address, TlsOptions tls, OwnCertificate own, string? hostName, CancellationToken token)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = tls.TargetHost ?? hostName ?? address.Address.ToString(),
            ClientCertificates = tls.ClientCertificates,
            LocalCertificateSelectionCallback = (_, _, _, remote, issuers) => own.Select(remote, issuers)!,
            EnabledSslProtocols = SslProtocols.None,
            CertificateRevocationCheckMode = tls.RevocationMode,
        };
        if (tls.CertificateAuthorities is { } authorities)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = tls.RevocationMode,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
        var secured = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(options, token);
            return secured;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            await secured.DisposeAsync();
            throw new CqlConnectionException(
                $"TLS with {address} failed: {e.Message} The certificate must be valid now, chain to a trusted authority and name '{options.TargetHost}'.{own.Advice}", e)
            {
                Node = address,
            };
        }
    }
}
