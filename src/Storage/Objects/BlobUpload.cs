using System.Buffers;
using System.Security.Cryptography;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Checksums.Md5;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// One body on its way into one blob. Two lanes: this one receives, sums, encrypts and hands chunks to the store, several in flight; MD5
/// (1.3 s per GiB alone, more than all the rest) follows on another thread, side by side with that of other uploads, at most those few
/// chunks behind.
/// </summary>
internal sealed class BlobUpload : IAsyncDisposable
{
    /// <summary>With the one being filled 2 MiB at 512 KiB a chunk.</summary>
    private const int MaxInFlight = 3;

    private readonly ChunkLending _lending;
    private readonly IBlobWriter _writer;
    private readonly IObjectBody _body;
    private readonly Queue<Task> _inFlight = new(MaxInFlight + 1);
    private readonly Md5Stream _md5 = new();
    private readonly CrcCombination _crcs = CrcCombination.For(ChecksumAlgorithm.Crc64Nvme)!;
    private readonly IncrementalHash? _sha256;
    private readonly RunningChecksum? _checksum;
    private readonly ChunkCipher? _cipher;
    private readonly byte[] _nonce;
    private readonly int _chunkSize;
    private readonly int _plainSize;
    private Task _md5Lane = Task.CompletedTask;
    private ChunkInFlight? _current;
    private FillingChunk? _filling;
    private int _filled;
    private int _number;
    private long _length;
    private ulong _crc;

    public BlobUpload(int chunkSize, ChunkLending lending, IBlobWriter writer, IObjectBody body, DataKey? key)
    {
        _lending = lending;
        _writer = writer;
        _body = body;
        _chunkSize = chunkSize;
        _plainSize = key is null ? _chunkSize : ChunkCipher.PlainChunkSize(_chunkSize);
        _nonce = key is null ? [] : ChunkCipher.NewNonce();
        _cipher = key?.CreateCipher(_nonce);
        _sha256 = body.NeedsSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

        // CRC-64/NVME is summed per chunk for the store, and combined.
        _checksum = body.Algorithm is null or ChecksumAlgorithm.Crc64Nvme ? null : new RunningChecksum(body.Algorithm.Value);
    }

    /// <summary>Takes the whole body in; false when it is longer than a request may be.</summary>
    public async ValueTask<bool> ReceiveAsync(ReadOnlyMemory<byte> beginning, CancellationToken cancellationToken)
    {
        await AppendAsync(new ReadOnlySequence<byte>(beginning), cancellationToken);
        while (true)
        {
            var result = await _body.Reader.ReadAsync(cancellationToken);
            if (result.IsCanceled)
            {
                // Left open, the read would keep the request's rest from being drained.
                _body.Reader.AdvanceTo(result.Buffer.Start);
                throw _filling is { GaveWay: true }
                    ? new StoreBusyException("Memory ran out, and the body came too slowly to keep what it had.")
                    : new OperationCanceledException("The body was given up.");
            }

            await AppendAsync(result.Buffer, cancellationToken);
            _body.Reader.AdvanceTo(result.Buffer.End);
            if (_length > BodyStorer.MaxLength)
            {
                return false;
            }

            if (result.IsCompleted)
            {
                break;
            }
        }

        if (_filled > 0)
        {
            await SealAsync(isLast: true, cancellationToken);
        }

        return true;
    }

    /// <summary>Makes the blob durable while MD5 catches up.</summary>
    public async ValueTask<(BodyDigests Digests, ObjectPart? Part)> FinishAsync(CancellationToken cancellationToken)
    {
        var writes = CompleteAsync(cancellationToken);
        await Task.WhenAll(writes, _md5Lane);
        var algorithm = _checksum?.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        var digests = new BodyDigests
        {
            Length = _length,
            Md5 = _md5.Finish(),
            Checksum = new Checksum(algorithm, ChecksumType.FullObject, _checksum?.GetValue() ?? _crcs.Write(_crc)),
            Crc64Nvme = _crc,
            Sha256 = _sha256?.GetHashAndReset() ?? default,
        };
        var part = _length == 0 ? null : new ObjectPart(1, _writer.Id, _chunkSize, _length, digests.Checksum, _nonce);
        return (digests, part);
    }

    /// <summary>Waits for what is in flight: its memory is in use until then.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var task in _inFlight)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _md5Lane.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        EndFilling();
        _current?.Dispose();
        _sha256?.Dispose();
        _checksum?.Dispose();
        _cipher?.Dispose();
    }

    private async ValueTask AppendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        _length += bytes.Length;
        while (!bytes.IsEmpty && _length <= BodyStorer.MaxLength)
        {
            if (_filled == _plainSize)
            {
                // Only now is it known not to be the last one.
                await SealAsync(isLast: false, cancellationToken);
            }

            if (_current is null)
            {
                _current = new ChunkInFlight(await _lending.RentAsync(_chunkSize, cancellationToken), _cipher is null ? 0 : _plainSize);

                // A copy waits for nobody's client: see CopySlots.
                _filling = _body is CopiedBody ? null : _lending.BeginFilling(_body.Reader);
            }

            var count = (int)Math.Min(bytes.Length, _plainSize - _filled);
            bytes.Slice(0, count).CopyTo(_current.Plain.Span[_filled..]);
            _filled += count;
            bytes = bytes.Slice(count);
        }
    }

    private async ValueTask SealAsync(bool isLast, CancellationToken cancellationToken)
    {
        var chunk = _current!;
        var plain = chunk.Plain[.._filled];
        var crc = Crc64Nvme.Hash(plain.Span);
        _crc = _number == 0 ? crc : _crcs.Combine(_crc, crc, plain.Length);
        _checksum?.Append(plain.Span);
        _sha256?.AppendData(plain.Span);
        var storedLength = plain.Length;
        if (_cipher is not null)
        {
            storedLength += ChunkCipher.TagLength;
            var stored = chunk.Stored.Memory[..storedLength];
            _cipher.Encrypt(_writer.Id, _number, isLast, plain.Span, stored.Span);
            crc = Crc64Nvme.Hash(stored.Span);
        }

        EndFilling();
        _current = null;
        _filled = 0;
        _md5Lane = HashAsync(_md5Lane, plain);
        _inFlight.Enqueue(WriteAsync(chunk, _number++, storedLength, crc, _md5Lane, cancellationToken));
        if (_inFlight.Count > MaxInFlight)
        {
            await _inFlight.Dequeue();
        }
    }

    private void EndFilling()
    {
        if (_filling is not null)
        {
            _lending.EndFilling(_filling);
            _filling = null;
        }
    }

    private async Task HashAsync(Task previous, ReadOnlyMemory<byte> plain)
    {
        await previous;
        await _md5.AppendAsync(plain);
    }

    private async Task WriteAsync(
        ChunkInFlight chunk, int number, int length, ulong crc, Task hashed, CancellationToken cancellationToken)
    {
        try
        {
            await _writer.WriteAsync(number, chunk.Stored, length, crc, cancellationToken);
            CrashPoint.Hit("put-after-chunk");
        }
        finally
        {
            await hashed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            chunk.Dispose();
        }
    }

    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        while (_inFlight.TryPeek(out var task))
        {
            await task;
            _ = _inFlight.Dequeue();
        }

        CrashPoint.Hit("put-before-sync");
        await _writer.CompleteAsync(cancellationToken);
        CrashPoint.Hit("put-after-sync");
    }
}
