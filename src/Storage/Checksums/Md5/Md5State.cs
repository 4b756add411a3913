using System.Buffers.Binary;

namespace S3Cassandra.Storage.Checksums.Md5;

/// <summary>The chaining value between two blocks.</summary>
internal sealed class Md5State
{
    public uint A = 0x67452301;
    public uint B = 0xefcdab89;
    public uint C = 0x98badcfe;
    public uint D = 0x10325476;

    public void CopyTo(Span<byte> digest)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(digest, A);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[4..], B);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[8..], C);
        BinaryPrimitives.WriteUInt32LittleEndian(digest[12..], D);
    }
}
