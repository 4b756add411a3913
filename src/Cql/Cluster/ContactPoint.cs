using System.Globalization;
using System.Net;

namespace S3Cassandra.Cql.Cluster;

/// <summary>A node to begin with: <c>host</c>, <c>host:port</c>, <c>1.2.3.4:9042</c>, <c>::1</c> or <c>[::1]:9042</c>.</summary>
internal readonly record struct ContactPoint(string Host, int Port)
{
    public static ContactPoint Parse(string text, int defaultPort)
    {
        if (IPAddress.TryParse(text.Trim('[', ']'), out _))
        {
            return new(text.Trim('[', ']'), defaultPort);
        }
        var colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            return text.Length > 0 ? new(text, defaultPort) : throw Invalid(text);
        }
        var host = text[..colon].Trim('[', ']');
        return host.Length > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= IPEndPoint.MaxPort
                ? new(host, port)
                : throw Invalid(text);
    }

    /// <summary>Every address that the name has.</summary>
    /// <exception cref="CqlConnectionException">It has none.</exception>
    public async ValueTask<IReadOnlyList<IPEndPoint>> ResolveAsync(CancellationToken token)
    {
        var (host, port) = this;
        if (IPAddress.TryParse(host, out var address))
        {
            return [new IPEndPoint(address, port)];
        }
        try
        {
            return [.. (await Dns.GetHostAddressesAsync(host, token)).Select(found => new IPEndPoint(found, port))];
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new CqlConnectionException($"The contact point {host} has no address: {e.Message}.", e) { Node = new DnsEndPoint(host, port) };
        }
    }

    /// <summary>The name for a certificate; null for an address.</summary>
    public string? CertificateName => IPAddress.TryParse(Host, out _) ? null : Host;

    private static ArgumentException Invalid(string text) => new($"\"{text}\" is no contact point: a host, or a host and a port (cassandra1:9042).");
}
