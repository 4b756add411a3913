using System.Buffers.Binary;
using System.IO.Hashing;

namespace S3Cassandra.Cql.Protocol;

/// <summary>
/// native_protocol_v5.spec, section 2.2: the checksum after a segment's payload, zlib's CRC-32 over the bytes <c>FA 2D 55 CA</c> and then
/// the payload, which may come in several pieces. Little-endian on the wire.
/// </summary>
internal sealed class SegmentCrc32
{
    public const int Size = sizeof(uint);

    private readonly Crc32 _crc = new();

    public SegmentCrc32() => Reset();

    private static ReadOnlySpan<byte> Seed => [0xFA, 0x2D, 0x55, 0xCA];

    public uint Value => _crc.GetCurrentHashAsUInt32();

    /// <summary>Begins the next segment.</summary>
    public void Reset()
    {
        _crc.Reset();
        _crc.Append(Seed);
    }

    public void Append(ReadOnlySpan<byte> payload) => _crc.Append(payload);

    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt32LittleEndian(destination, Value);

    /// <exception cref="CqlProtocolException">The payload is not what was sent.</exception>
    public void Verify(ReadOnlySpan<byte> trailer)
    {
        var sent = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        var computed = Value;
        if (sent != computed)
        {
            throw new CqlProtocolException($"A segment's payload has the CRC-32 {computed:x8} where {sent:x8} was sent: it was damaged on the way.");
        }
    }
}
