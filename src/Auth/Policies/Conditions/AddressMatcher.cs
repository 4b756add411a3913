using System.Net;
using S3Cassandra.Auth.Policies.Patterns;

namespace S3Cassandra.Auth.Policies.Conditions;

/// <summary>IpAddress: an address or a network in CIDR notation, of IPv4 or IPv6.</summary>
internal sealed class AddressMatcher(IPNetwork network) : ConditionMatcher
{
    /// <summary>
    /// AWS counts a bucket policy as public where an address condition is broader than /8 of IPv4 or /32 of IPv6 ("The meaning of
    /// public").
    /// </summary>
    public override bool IsFixed => network.PrefixLength >= (BitsOf(network.BaseAddress) == 32 ? 8 : 32);

    /// <summary>The network of an address or of CIDR notation, host bits cleared; null where it is neither.</summary>
    public static IPNetwork? Parse(string text)
    {
        var slash = text.IndexOf('/');
        var address = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(address, out var parsed)
            || (BitsOf(parsed) == 32 && address.Count(character => character == '.') != 3))
        {
            return null;
        }

        var bits = BitsOf(parsed);
        var length = bits;
        if (slash >= 0 && (!byte.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var given) || (length = given) > bits))
        {
            return null;
        }

        var bytes = parsed.GetAddressBytes();
        for (var bit = length; bit < bits; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    public override PatternMatch Match(in ConditionValue value, IConditionFacts facts)
    {
        var address = value.Address ?? (IPAddress.TryParse(value.Text, out var parsed) ? parsed : null);
        return When(address is not null && network.Contains(address));
    }

    private static int BitsOf(IPAddress address) => address.GetAddressBytes().Length * 8;
}
