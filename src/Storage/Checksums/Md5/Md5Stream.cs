using System.Buffers.Binary;

namespace S3Cassandra.Storage.Checksums.Md5;

/// <summary>The MD5 of one body that arrives in pieces. All pieces but the last are multiples of 64 bytes; one append at a time.</summary>
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
        if (_tailLength > 0)
        {
            throw new InvalidOperationException("Only the last piece may be no multiple of 64 bytes.");
        }

        _length += (ulong)piece.Length;
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
