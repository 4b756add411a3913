using System.Net;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Who is at the other end: what a proxy says of it counts only where the proxy is one of the configured.</summary>
internal sealed class ClientConnection(ServerOptions options)
{
    /// <summary>Whether a customer's key may travel on this request: TLS, a trusted proxy that ended TLS, or an explicit setting.</summary>
    public bool MayCarryCustomerKeys(HttpContext http) =>
        options.AllowSsecOverHttp || IsSecure(http);

    /// <summary>Whether the request came over TLS: here, or to a trusted proxy that says so.</summary>
    public bool IsSecure(HttpContext http) =>
        http.Request.IsHttps
        || (IsTrustedProxy(http.Connection.RemoteIpAddress)
            && string.Equals(LastOf(http.Request.Headers["X-Forwarded-Proto"].ToString()), "https", StringComparison.OrdinalIgnoreCase));

    /// <summary>The client's address: the socket's peer, or the one that a trusted proxy added last.</summary>
    public IPAddress? RemoteAddress(HttpContext http)
    {
        var peer = http.Connection.RemoteIpAddress;
        return options.TrustedProxies.Count > 0
            && IsTrustedProxy(peer)
            && IPAddress.TryParse(LastOf(http.Request.Headers["X-Forwarded-For"].ToString()), out var client)
                ? client
                : peer;
    }

    private bool IsTrustedProxy(IPAddress? peer)
    {
        if (peer is null || options.TrustedProxies.Count == 0)
        {
            return false;
        }

        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        foreach (var network in options.TrustedProxies)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static string LastOf(string list) => list[(list.LastIndexOf(',') + 1)..].Trim();
}
