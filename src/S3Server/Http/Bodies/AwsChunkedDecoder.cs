using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Http.Bodies;

/// <summary>
/// Takes aws-chunked framing off a body, as it arrives in pieces of any size: chunks with or without signatures, a trailer with or without
/// one. Chunks whose signature is checked are released only then. Nothing is allocated by a declared size.
/// </summary>
/// <param name="mode">One of the three streaming modes.</param>
/// <param name="signatures">The chain of signatures in the two signed modes.</param>
/// <param name="decodedLength">x-amz-decoded-content-length.</param>
/// <param name="promises">Told of the checksum in the trailer.</param>
/// <param name="output">Where decoded bytes go.</param>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html"/>
internal sealed class AwsChunkedDecoder(
    PayloadMode mode, ChunkSignatures? signatures, long decodedLength, BodyPromises promises, DecodedBytes output) : IDisposable
{
    /// <summary>A chunk header has 16 digits, ";chunk-signature=" and 64 more.</summary>
    public const int MaxHeaderLine = 256;

    public const int MaxTrailerLine = 1024;

    /// <summary>A signed chunk is held until its signature is checked. SDKs send 64 to 128 KiB; MinIO's limit is the same.</summary>
    public const int MaxSignedChunk = 16 * 1024 * 1024;

    private const int MaxTrailerFields = 16;

    /// <summary>Of all chunks with bytes only the last may be smaller.</summary>
    private const int LeastChunk = 8 * 1024;

    private readonly IncrementalHash? _sha256 = signatures is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _signature = new byte[64];
    private long _remaining;
    private long _total;
    private long _size;
    private int _chunks;
    private bool _isFinal;
    private int _trailerFields;
    private bool _trailerIsVerified;

    public AwsChunkedState State { get; private set; } = AwsChunkedState.ChunkHeader;

    /// <summary>Whether small chunks before others are let through, which S3 refuses (a test's framing then fits a test).</summary>
    public bool TakesSmallChunks { get; init; }

    /// <summary>Decodes what it can and says up to where; the rest has to come again, with more behind it.</summary>
    /// <exception cref="S3Exception">The framing, a signature, a length or the trailer is wrong.</exception>
    public SequencePosition Decode(in ReadOnlySequence<byte> input)
    {
        var reader = new SequenceReader<byte>(input);
        while (Step(ref reader))
        {
        }

        return reader.Position;
    }

    public void Dispose() => _sha256?.Dispose();

    private bool Step(ref SequenceReader<byte> reader)
    {
        switch (State)
        {
            case AwsChunkedState.ChunkHeader:
                return ReadHeader(ref reader);
            case AwsChunkedState.ChunkData:
                return CopyData(ref reader);
            case AwsChunkedState.ChunkEnd:
                return ReadCrLf(ref reader, AwsChunkedState.ChunkHeader);
            case AwsChunkedState.TrailerLineEnd:
                return ReadCrLf(ref reader, AwsChunkedState.Trailer);
            case AwsChunkedState.Trailer:
                return ReadTrailerLine(ref reader);
            default:
                return reader.End ? false : throw Malformed();
        }
    }

    private bool ReadHeader(ref SequenceReader<byte> reader)
    {
        Span<byte> buffer = stackalloc byte[MaxHeaderLine];
        if (TryReadLine(ref reader, buffer, out var bareLineFeed) is not { } length)
        {
            return false;
        }

        var line = buffer[..length];

        if (bareLineFeed)
        {
            throw Malformed();
        }

        var semicolon = line.IndexOf((byte)';');
        var size = ParseSize(semicolon < 0 ? line : line[..semicolon]);
        ReadSignature(semicolon < 0 ? [] : line[semicolon..]);
        if (size > decodedLength - _total)
        {
            throw new S3Exception(S3Errors.IncompleteBody);
        }

        if (signatures is not null && size > MaxSignedChunk)
        {
            throw new S3Exception(S3Errors.EntityTooLarge, "A signed chunk is larger than 16 MiB.");
        }

        CheckChunkSize(size);
        _remaining = size;
        _isFinal = size == 0;
        if (_isFinal)
        {
            VerifyChunk();
            CheckTotal();
            State = AwsChunkedState.Trailer;
        }
        else
        {
            State = AwsChunkedState.ChunkData;
        }

        return true;
    }

    private void CheckChunkSize(long next)
    {
        if (next > 0 && _chunks > 0 && _size < LeastChunk && !TakesSmallChunks)
        {
            throw new S3Exception(
                S3Errors.InvalidChunkSizeError,
                null,
                ("Chunk", (_chunks + 1).ToString(CultureInfo.InvariantCulture)),
                ("BadChunkSize", _size.ToString(CultureInfo.InvariantCulture)));
        }

        _size = next;
        _chunks++;
    }

    private static long ParseSize(ReadOnlySpan<byte> digits)
    {
        // Fifteen digits are below 2^60: neither the number nor a sum with it can overflow.
        return digits.Length is > 0 and <= 15
            && Utf8Parser.TryParse(digits, out long size, out var consumed, 'x')
            && consumed == digits.Length
            && size >= 0
                ? size
                : throw Malformed();
    }

    private void ReadSignature(ReadOnlySpan<byte> extension)
    {
        if (signatures is null)
        {
            if (!extension.IsEmpty)
            {
                throw Malformed();
            }

            return;
        }

        var name = ";chunk-signature="u8;
        if (!extension.StartsWith(name) || extension.Length != name.Length + _signature.Length)
        {
            throw Malformed();
        }

        extension[name.Length..].CopyTo(_signature);
    }

    private bool CopyData(ref SequenceReader<byte> reader)
    {
        if (reader.End)
        {
            return false;
        }

        var piece = reader.UnreadSpan;
        if (piece.Length > _remaining)
        {
            piece = piece[..(int)_remaining];
        }

        output.Append(piece);
        _sha256?.AppendData(piece);
        reader.Advance(piece.Length);
        _remaining -= piece.Length;
        _total += piece.Length;
        if (_remaining == 0)
        {
            VerifyChunk();
            State = AwsChunkedState.ChunkEnd;
        }

        if (signatures is null || _remaining == 0)
        {
            output.Release();
        }

        return true;
    }

    private void VerifyChunk()
    {
        if (signatures is null)
        {
            return;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _sha256!.GetHashAndReset(hash);
        if (!signatures.VerifyChunk(hash, _signature))
        {
            throw new S3Exception(S3Errors.SignatureDoesNotMatch);
        }
    }

    private bool ReadTrailerLine(ref SequenceReader<byte> reader)
    {
        Span<byte> buffer = stackalloc byte[MaxTrailerLine];
        if (TryReadLine(ref reader, buffer, out var bareLineFeed) is not { } length)
        {
            return false;
        }

        var line = buffer[..length];

        if (line.IsEmpty && !bareLineFeed)
        {
            CheckTrailer();
            State = AwsChunkedState.Done;
            return true;
        }

        if (line.Contains((byte)'\r') || _trailerIsVerified)
        {
            throw Malformed();
        }

        if (mode is PayloadMode.StreamingSigned || ++_trailerFields > MaxTrailerFields)
        {
            throw new S3Exception(S3Errors.MalformedTrailerError);
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            throw new S3Exception(S3Errors.MalformedTrailerError);
        }

        ReadTrailerField(line[..colon], line[(colon + 1)..].Trim(" \t"u8));
        State = bareLineFeed ? AwsChunkedState.TrailerLineEnd : AwsChunkedState.Trailer;
        return true;
    }

    private void ReadTrailerField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (System.Text.Ascii.EqualsIgnoreCase(name, "x-amz-trailer-signature"u8))
        {
            if (mode is not PayloadMode.StreamingSignedTrailer || signatures is null)
            {
                throw new S3Exception(S3Errors.MalformedTrailerError);
            }

            if (value.Length != _signature.Length)
            {
                throw Malformed();
            }

            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            _sha256!.GetHashAndReset(hash);
            _trailerIsVerified = signatures.VerifyTrailer(hash, value)
                ? true
                : throw new S3Exception(S3Errors.SignatureDoesNotMatch);
            return;
        }

        if (mode is PayloadMode.StreamingSignedTrailer && promises.Checksum is not null)
        {
            // Nothing but the signature follows.
            throw Malformed();
        }

        if (promises.TrailerName is not { } expected || !System.Text.Ascii.EqualsIgnoreCase(name, expected) || promises.Checksum is not null)
        {
            throw new S3Exception(S3Errors.MalformedTrailerError);
        }

        promises.PromiseInTrailer(System.Text.Encoding.ASCII.GetString(value));
        if (_sha256 is not null)
        {
            _sha256.AppendData(System.Text.Encoding.ASCII.GetBytes(expected));
            _sha256.AppendData(":"u8);
            _sha256.AppendData(value);
            _sha256.AppendData("\n"u8);
        }
    }

    private void CheckTrailer()
    {
        if ((mode is PayloadMode.StreamingSignedTrailer && !_trailerIsVerified)
            || (promises.TrailerName is not null && promises.Checksum is null))
        {
            throw new S3Exception(S3Errors.MalformedTrailerError);
        }
    }

    private void CheckTotal()
    {
        if (_total != decodedLength)
        {
            throw new S3Exception(S3Errors.IncompleteBody);
        }
    }

    private bool ReadCrLf(ref SequenceReader<byte> reader, AwsChunkedState next)
    {
        if (reader.Remaining < 2)
        {
            return reader.TryPeek(out var first) && first != '\r' ? throw Malformed() : false;
        }

        if (!reader.IsNext("\r\n"u8, advancePast: true))
        {
            throw Malformed();
        }

        State = next;
        return true;
    }

    /// <summary>Reads a line into <paramref name="line"/> and says how long it is without its end; null when it is not there yet.</summary>
    private static int? TryReadLine(ref SequenceReader<byte> reader, scoped Span<byte> line, out bool bareLineFeed)
    {
        bareLineFeed = false;
        var window = reader.UnreadSequence;
        var overlong = window.Length > line.Length;
        window = overlong ? window.Slice(0, line.Length) : window;
        if (window.PositionOf((byte)'\n') is not { } end)
        {
            return overlong ? throw Malformed() : null;
        }

        var content = window.Slice(0, end);
        content.CopyTo(line);
        var length = (int)content.Length;
        reader.Advance(length + 1);
        bareLineFeed = length == 0 || line[length - 1] != '\r';
        return bareLineFeed ? length : length - 1;
    }

    private static S3Exception Malformed() => new(S3Errors.IncompleteBody, "The request body terminated unexpectedly");
}
