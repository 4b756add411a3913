using System.Buffers;
using System.Security.Cryptography;

namespace S3Cassandra.Auth.Credentials;

/// <summary>The two ids of an account: 12 digits in ARNs, 64 hex digits (the canonical id) in Owner and Grantee.</summary>
public static class Account
{
    /// <summary>The canonical id of whoever sends no credential, as owner of what was written so.</summary>
    public const string AnonymousCanonicalId = "65a011a29cdf8ec533ec3d1ccaae921c";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>A random account id that does not begin with 0 (tools that read it as a number would lose the digit).</summary>
    public static string NewAccountId() =>
        string.Concat(RandomNumberGenerator.GetString("123456789", 1), RandomNumberGenerator.GetString("0123456789", 11));

    /// <summary>A random canonical id.</summary>
    public static string NewCanonicalId() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Whether <paramref name="text"/> has the form of an account id.</summary>
    public static bool IsAccountId(string text) => text.Length == 12 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>Whether <paramref name="text"/> has the form of a canonical id.</summary>
    public static bool IsCanonicalId(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept(LowerHex);
}
