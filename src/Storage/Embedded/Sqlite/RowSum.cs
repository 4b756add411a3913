using System.Buffers.Binary;
using System.IO.Hashing;
using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>CRC-64/NVME over the parts of a row, each preceded by its length. One per connection: it keeps its state.</summary>
internal sealed class RowSum
{
    private readonly Crc64 _crc = new(Crc64ParameterSet.Nvme);
    private readonly byte[] _length = new byte[4];

    public static long Of(ReadOnlySpan<byte> data) => unchecked((long)Crc64Nvme.Hash(data));

    public long OfRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> suffix, Guid ver, ReadOnlySpan<byte> record)
    {
        Span<byte> bytes = stackalloc byte[16];
        ver.TryWriteBytes(bytes, bigEndian: true, out _);
        return Of(key, suffix, bytes, record);
    }

    public long Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth)
    {
        _crc.Reset();
        Append(first);
        Append(second);
        Append(third);
        Append(fourth);
        return unchecked((long)_crc.GetCurrentHashAsUInt64());
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_length, part.Length);
        _crc.Append(_length);
        _crc.Append(part);
    }
}
