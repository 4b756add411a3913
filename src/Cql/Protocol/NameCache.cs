using System.IO.Hashing;
using System.Text;

namespace S3Cassandra.Cql.Protocol;

/// <summary>
/// Short ASCII names that were read before. Answers without prepared metadata (conditional statements') repeat the same few names each
/// time; a name costs 30 to 60 bytes without this. One entry per slot, the newest wins: what a server sends cannot make it grow.
/// </summary>
internal static class NameCache
{
    private const int Slots = 1024;
    private const int Longest = 64;

    private static readonly string?[] Names = new string?[Slots];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest || !Ascii.IsValid(utf8))
        {
            return PrimitiveReader.Text(utf8);
        }
        ref var slot = ref Names[XxHash3.HashToUInt64(utf8) % Slots];
        var kept = Volatile.Read(ref slot);
        if (kept is not null && Ascii.Equals(utf8, kept))
        {
            return kept;
        }
        var name = Encoding.ASCII.GetString(utf8);
        Volatile.Write(ref slot, name);
        return name;
    }
}
