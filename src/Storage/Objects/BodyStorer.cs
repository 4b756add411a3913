using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.Storage.Objects;

/// <summary>Streams a body into the store: hashes it, encrypts it, and puts it in memory for a row or in a blob.</summary>
/// <param name="blobs">Where chunks go.</param>
/// <param name="time">The clock.</param>
/// <param name="inlineThreshold">Up to how many bytes live in rows.</param>
/// <param name="lending">The memory shared with who reads.</param>
public sealed class BodyStorer(IBlobStore blobs, TimeProvider time, int inlineThreshold, ChunkLending? lending = null)
{
    private readonly ChunkLending _lending = lending ?? new ChunkLending(blobs, time);

    /// <summary>5 GiB, the largest object of one request.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html"/>
    public const long MaxLength = 5L * 1024 * 1024 * 1024;

    /// <summary>Reads the body to its end and asks it whether it is what the request promised.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="owner">Where the reference to a blob will stand.</param>
    /// <param name="key">What to encrypt with; null for not.</param>
    /// <param name="allowInline">False: a blob even for few bytes (an empty body has neither).</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    public async ValueTask<StoredBody> StoreAsync(
        IObjectBody body, BlobOwner owner, DataKey? key, bool allowInline, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        if (body.Length > MaxLength)
        {
            return new StoredBody(StoredBodyStatus.TooLarge, started);
        }

        var limit = allowInline ? inlineThreshold : 0;
        if (body.Length > limit)
        {
            return await StreamAsync(body, owner, key, default, started, cancellationToken);
        }

        if (body.Length is { } length)
        {
            var exact = length == 0 ? [] : GC.AllocateUninitializedArray<byte>((int)length);
            var isWhole = await FillAsync(body.Reader, exact, cancellationToken) is var filled && filled <= exact.Length;
            return isWhole
                ? StoreInRow(body, key, exact.AsMemory(0, filled), started)
                : await StreamAsync(body, owner, key, exact, started, cancellationToken);
        }

        var pooled = ArrayPool<byte>.Shared.Rent(limit);
        try
        {
            var memory = pooled.AsMemory(0, limit);
            var filled = await FillAsync(body.Reader, memory, cancellationToken);
            return filled <= limit
                ? StoreInRow(body, key, memory[..filled].ToArray(), started)
                : await StreamAsync(body, owner, key, memory, started, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pooled);
        }
    }

    /// <summary>
    /// Reads until the body ends or the buffer is full and more is there. Returns how many bytes were read; one more than fit when
    /// there are more, which then stay in the reader.
    /// </summary>
    private static async ValueTask<int> FillAsync(PipeReader reader, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            ThrowIfCanceled(result);
            var available = result.Buffer;
            var count = (int)Math.Min(available.Length, buffer.Length - filled);
            available.Slice(0, count).CopyTo(buffer.Span[filled..]);
            filled += count;
            var rest = available.Slice(count);
            reader.AdvanceTo(rest.Start);
            if (!rest.IsEmpty)
            {
                return buffer.Length + 1;
            }

            if (result.IsCompleted)
            {
                return filled;
            }
        }
    }

    private static void ThrowIfCanceled(ReadResult result)
    {
        if (result.IsCanceled)
        {
            throw new OperationCanceledException("The body was given up.");
        }
    }

    private static StoredBody StoreInRow(IObjectBody body, DataKey? key, ReadOnlyMemory<byte> bytes, DateTimeOffset started)
    {
        var md5 = MD5.HashData(bytes.Span);
        var algorithm = body.Algorithm ?? ChecksumAlgorithm.Crc64Nvme;
        var digests = new BodyDigests
        {
            Length = bytes.Length,
            Md5 = md5,
            Checksum = new Checksum(algorithm, ChecksumType.FullObject, ChecksumHash.Compute(algorithm, bytes.Span)),
            Sha256 = body.NeedsSha256 ? SHA256.HashData(bytes.Span) : default,
        };
        if (!body.Accept(digests))
        {
            return new StoredBody(StoredBodyStatus.Refused, started);
        }

        if (key is null || bytes.IsEmpty)
        {
            return new StoredBody(StoredBodyStatus.Stored, started) { Digests = digests, ETagMd5 = MaskETag(key, md5), Inline = bytes };
        }

        var nonce = ChunkCipher.NewNonce();
        var stored = GC.AllocateUninitializedArray<byte>(bytes.Length + ChunkCipher.TagLength);
        using var cipher = key.CreateCipher(nonce);
        cipher.Encrypt(default, 0, isLast: true, bytes.Span, stored);
        return new StoredBody(StoredBodyStatus.Stored, started)
        {
            Digests = digests,
            ETagMd5 = MaskETag(key, md5),
            Inline = stored,
            InlineNonce = nonce,
        };
    }

    private static byte[] MaskETag(DataKey? key, byte[] md5)
    {
        if (key is null)
        {
            return md5;
        }

        var masked = md5.AsSpan().ToArray();
        key.MaskETag(masked);
        return masked;
    }

    private async ValueTask<StoredBody> StreamAsync(
        IObjectBody body, BlobOwner owner, DataKey? key, ReadOnlyMemory<byte> beginning, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var writer = await blobs.CreateAsync(owner, cancellationToken);
        CrashPoint.Hit("put-after-suspect");
        var handedOver = false;
        var upload = new BlobUpload(blobs.ChunkSize, _lending, writer, body, key);
        try
        {
            if (!await upload.ReceiveAsync(beginning, cancellationToken))
            {
                return new StoredBody(StoredBodyStatus.TooLarge, started);
            }

            var (digests, part) = await upload.FinishAsync(cancellationToken);
            var accepted = body.Accept(digests);
            handedOver = true;
            return new StoredBody(accepted ? StoredBodyStatus.Stored : StoredBodyStatus.Refused, started, blobs, writer)
            {
                Digests = digests,
                ETagMd5 = MaskETag(key, digests.Md5.ToArray()),
                Part = part,
            };
        }
        finally
        {
            await upload.DisposeAsync();
            if (!handedOver)
            {
                await writer.DisposeAsync();
            }
        }
    }
}
