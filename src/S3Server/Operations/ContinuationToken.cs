using System.Buffers.Text;
using System.IO.Hashing;

namespace S3Cassandra.S3Server.Operations;

/// <summary>
/// Where a listing goes on: the last name that it gave, never a store's cursor. As text Base64url of a format byte (1), the name, and eight
/// bytes of XXH64 over both and over what was listed, so a token changed or taken elsewhere is noticed. It keeps nothing secret and
/// grants nothing: whoever forges one gets a page that start-after would give.
/// </summary>
internal static class ContinuationToken
{
    private const byte Format = 1;
    private const int HashLength = 8;

    /// <summary>Longer than any name with its hash in Base64: what is above is not looked at.</summary>
    private const int MaxTextLength = 2_048;

    /// <param name="last">The last name.</param>
    /// <param name="scope">What is listed: a bucket's id, an account's id.</param>
    public static string Encode(ReadOnlySpan<byte> last, ReadOnlySpan<byte> scope)
    {
        var bytes = new byte[1 + last.Length + HashLength];
        bytes[0] = Format;
        last.CopyTo(bytes.AsSpan(1));
        Hash(bytes.AsSpan(0, 1 + last.Length), scope, bytes.AsSpan(1 + last.Length));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The name in a token; false where it is not one that was given for this scope.</summary>
    public static bool TryDecode(string token, ReadOnlySpan<byte> scope, out ReadOnlyMemory<byte> last)
    {
        last = default;
        if (token.Length is 0 or > MaxTextLength || !Base64Url.IsValid(token))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < 1 + HashLength || bytes[0] != Format)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[HashLength];
        Hash(bytes.AsSpan(0, bytes.Length - HashLength), scope, hash);
        last = bytes.AsMemory(1, bytes.Length - 1 - HashLength);
        return hash.SequenceEqual(bytes.AsSpan(bytes.Length - HashLength));
    }

    private static void Hash(ReadOnlySpan<byte> content, ReadOnlySpan<byte> scope, Span<byte> hash)
    {
        var hasher = new XxHash64();
        hasher.Append(scope);
        hasher.Append(content);
        hasher.GetCurrentHash(hash);
    }
}
