using System.Globalization;
using System.Net;

namespace S3Cassandra.S3Server.Configuration;

/// <summary>Where a listener binds: an address and a port (0: a free one), with or without TLS.</summary>
internal sealed record ListenAddress(IPEndPoint EndPoint, bool IsTls)
{
    /// <summary>
    /// Reads <c>[http://|https://]ADDRESS:PORT</c>; the address may be <c>localhost</c>, <c>*</c> or missing (all). Null when it is none.
    /// </summary>
    public static ListenAddress? TryParse(string text, bool isTlsByDefault)
    {
        var isTls = isTlsByDefault;
        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            (isTls, text) = (true, text["https://".Length..]);
        }
        else if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            (isTls, text) = (false, text["http://".Length..]);
        }

        text = text.TrimEnd('/');
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var address = text[..colon] switch
        {
            "" or "*" or "+" => IPAddress.Any,
            "localhost" => IPAddress.Loopback,
            var other when IPAddress.TryParse(other, out var parsed) && (other.StartsWith('[') || !other.Contains(':', StringComparison.Ordinal)) => parsed,
            _ => null,
        };
        return address is null ? null : new ListenAddress(new IPEndPoint(address, port), isTls);
    }

    public override string ToString() => $"{(IsTls ? "https" : "http")}://{EndPoint}";
}
