namespace S3Cassandra.Cql.Protocol;

/// <summary>
/// native_protocol_v5.spec, section 2.2: the checksum of a segment's header, polynomial 0x1974F0B, initial value 0x875060, each byte into
/// the upper end.
/// </summary>
internal static class Crc24
{
    public const int Size = 3;

    private const uint Initial = 0x875060;
    private const uint Polynomial = 0x1974F0B;
    private const uint Mask = 0xFFFFFF;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(index => Shifted((uint)index << 16))];

    public static int Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = Initial;
        foreach (var b in bytes)
        {
            crc = ((crc << 8) & Mask) ^ Table[(crc >> 16) ^ b];
        }
        return (int)crc;
    }

    private static uint Shifted(uint crc)
    {
        for (var i = 0; i < 8; i++)
        {
            crc <<= 1;
            if (crc > Mask)
            {
                crc ^= Polynomial;
            }
        }
        return crc;
    }
}
