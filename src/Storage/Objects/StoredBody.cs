using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// A body's bytes on their way to a row: in memory, or durable in a blob that nothing refers to yet. Hold it until the outcome of the
/// commit is known; disposed without <see cref="Keep"/> it deletes the blob at once.
/// </summary>
public sealed class StoredBody(StoredBodyStatus status, DateTimeOffset started, IBlobStore? blobs = null, IBlobWriter? writer = null) : IAsyncDisposable
{
    private readonly IBlobStore? _blobs = blobs;
    private IBlobWriter? _writer = writer;
    private bool _kept;

    public StoredBodyStatus Status => status;

    /// <summary>When the blob was begun; see <see cref="Index.IndexCommit.Started"/>.</summary>
    public DateTimeOffset Started => started;

    /// <summary>What was computed over the client's bytes; null unless stored.</summary>
    public BodyDigests? Digests { get; init; }

    /// <summary>The ETag of these bytes: their MD5, masked under a customer's key. 16 bytes.</summary>
    public ReadOnlyMemory<byte> ETagMd5 { get; init; }

    /// <summary>The bytes for the row, as stored; empty where they lie in a blob.</summary>
    public ReadOnlyMemory<byte> Inline { get; init; }

    /// <summary>The nonce of encrypted <see cref="Inline"/> bytes.</summary>
    public ReadOnlyMemory<byte> InlineNonce { get; init; }

    /// <summary>Where the bytes lie (number 1), unless they are for the row.</summary>
    public ObjectPart? Part { get; init; }

    /// <summary>A row refers to the bytes, or may (an unknown outcome): they are no longer this body's to delete.</summary>
    public void Keep() => _kept = true;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _writer, null) is not { } writer)
        {
            return;
        }

        await writer.DisposeAsync();
        if (_blobs is not null && !(_kept && Part is not null))
        {
            await _blobs.DeleteAsync(writer.Id, CancellationToken.None);
        }
    }
}
