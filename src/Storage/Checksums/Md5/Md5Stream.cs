using System.Buffers.Binary;

namespace S3Cassandra.Storage.Checksums.Md5;

/// <summary>The MD5 of one body that arrives in pieces; one append at a time. Pieces of a multiple of 64 bytes cost no copy.</summary>
internal sealed class Md5Stream
{
    private readonly Md5State _state = new();
    private readonly Md5Job _job;
    private readonly byte[] _tail = new byte[128];
    private int _tailLength;
    private ulong _length;

    public Md5Stream() => _job = new Md5Job(_state);

    /// <summary>The memory is read until the task ends.</summary>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> piece)
    {
        _length += (ulong)piece.Length;
        if (_tailLength > 0)
        {
            var missing = Math.Min(64 - _tailLength, piece.Length);
            piece.Span[..missing].CopyTo(_tail.AsSpan(_tailLength));
            _tailLength += missing;
            piece = piece[missing..];
            if (_tailLength < 64)
            {
                return ValueTask.CompletedTask;
            }

            Md5Scalar.Append(_state, _tail.AsSpan(0, 64));
        }

        var whole = piece.Length & ~63;
        piece.Span[whole..].CopyTo(_tail);
        _tailLength = piece.Length - whole;
        return whole == 0 ? ValueTask.CompletedTask : Md5Lanes.Shared.AppendAsync(_job, piece[..whole]);
    }

    /// <summary>Pads and gives the digest, 16 bytes; nothing can be appended after.</summary>
    public byte[] Finish()
    {
        _tail[_tailLength] = 0x80;
        var padded = _tailLength < 56 ? 64 : 128;
        _tail.AsSpan(_tailLength + 1, padded - _tailLength - 1).Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(_tail.AsSpan(padded - 8), _length * 8);
        Md5Scalar.Append(_state, _tail.AsSpan(0, padded));
        var digest = new byte[16];
        _state.CopyTo(digest);
        return digest;
    }
}
