using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Load;

/// <summary>
/// Bodies that describe themselves: an id names its size, begins the body and is the key of the bytes after it, so that a mixed or
/// torn body names what it was mixed of.
/// </summary>
internal static class ObjectContent
{
    public const int PartSize = 5 << 20;

    /// <summary>The id fits whole, so that no two bodies are the same.</summary>
    public const int SmallestSize = 100;

    public static string NewId(int client, int sequence, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{client}-{sequence}-{Guid.NewGuid():N}-{size}");

    public static int SizeOf(string id) => int.Parse(id.AsSpan(id.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    public static byte[] Create(string id)
    {
        var body = new byte[SizeOf(id)];
        new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(id)))).NextBytes(body);
        var name = Encoding.UTF8.GetBytes(id + "\n");
        name.AsSpan(0, Math.Min(name.Length, body.Length)).CopyTo(body);
        return body;
    }

    /// <summary>The ETag of the body when it is put at once.</summary>
    public static string ETag(ReadOnlySpan<byte> body) => $"\"{SignatureV4.Hex(MD5.HashData(body))}\"";

    /// <summary>The ETag of the body when it is uploaded in parts of <see cref="PartSize"/>.</summary>
    public static string MultipartETag(byte[] body)
    {
        var digests = Parts(body).SelectMany(part => MD5.HashData(part.Span)).ToArray();
        return $"\"{SignatureV4.Hex(MD5.HashData(digests))}-{digests.Length / MD5.HashSizeInBytes}\"";
    }

    public static IEnumerable<ReadOnlyMemory<byte>> Parts(byte[] body)
    {
        for (var start = 0; start == 0 || start < body.Length; start += PartSize)
        {
            yield return body.AsMemory(start, Math.Min(PartSize, body.Length - start));
        }
    }
}
