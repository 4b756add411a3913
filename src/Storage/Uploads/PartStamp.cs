using System.Buffers.Binary;
using System.Security.Cryptography;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Uploads;

/// <summary>The stamps of part rows; see <see cref="PartRow.Stamp"/>.</summary>
internal static class PartStamp
{
    public static UInt128 New(DateTimeOffset begun)
    {
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(random);
        return PartRow.StampAt(begun) | BinaryPrimitives.ReadUInt64BigEndian(random);
    }
}
