using System.IO.Pipelines;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Objects;

/// <summary>The bytes of an object, or a run of them, being read. Keeps its blobs pinned until disposed.</summary>
public sealed class OpenObject : IAsyncDisposable
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ChunkReader? _chunks;

    private OpenObject(ReadOnlyMemory<byte> memory, ChunkReader? chunks)
    {
        _memory = memory;
        _chunks = chunks;
    }

    /// <summary>Writes the bytes, a few chunks read ahead.</summary>
    /// <exception cref="CorruptDataException">A later chunk is not what was written: break the connection off.</exception>
    public async ValueTask CopyToAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        if (_chunks is null)
        {
            await writer.WriteAsync(_memory, cancellationToken);
            return;
        }

        while (await _chunks.NextAsync(cancellationToken) is { } chunk)
        {
            using (chunk)
            {
                var flushed = await writer.WriteAsync(chunk.Bytes, cancellationToken);
                if (flushed.IsCompleted || flushed.IsCanceled)
                {
                    // Nobody reads any more.
                    return;
                }
            }
        }
    }

    /// <summary>The bytes as a body that is stored elsewhere: the source of a copy. Dispose it before this.</summary>
    /// <param name="length">How many bytes were opened.</param>
    /// <param name="algorithm">The checksum to compute; null for the default.</param>
    public CopiedBody AsBody(long length, ChecksumAlgorithm? algorithm) => new(this, length, algorithm);

    public ValueTask DisposeAsync() => _chunks?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal static OpenObject OfMemory(ReadOnlyMemory<byte> bytes) => new(bytes, null);

    internal static OpenObject OfChunks(ChunkReader chunks) => new(default, chunks);
}
