using System.Globalization;

namespace S3Cassandra.S3Server.Configuration;

/// <summary>A host that may be connected to although its addresses are private: a name or address, and a port (443 where none is given).</summary>
internal sealed record PrivateHost(string Host, int Port)
{
    private const int DefaultPort = 443;

    /// <summary>HOST[:PORT], IPv6 in brackets; null where it is not that.</summary>
    public static PrivateHost? TryParse(string text)
    {
        var colon = text.EndsWith(']') ? -1 : text.LastIndexOf(':');
        var host = (colon < 0 ? text : text[..colon]).Trim('[', ']');
        var port = DefaultPort;
        if (colon >= 0 && !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            return null;
        }

        return Uri.CheckHostName(host) != UriHostNameType.Unknown && port is > 0 and <= ushort.MaxValue ? new PrivateHost(host, port) : null;
    }

    public bool IsMeant(string host) => string.Equals(host.Trim('[', ']'), Host, StringComparison.OrdinalIgnoreCase);

    public bool IsMeant(string host, int port) => port == Port && IsMeant(host);
}
