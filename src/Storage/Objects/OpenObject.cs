using System.IO.Pipelines;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Objects;

/// <summary>The bytes of an object, or a run of them, being read. Keeps its blobs pinned until disposed.</summary>
public sealed class OpenObject : IAsyncDisposable
{
    /// <summary>Writes the bytes, a few chunks read ahead.</summary>
    /// <exception cref="CorruptDataException">A later chunk is not what was written: break the connection off.</exception>
    public ValueTask CopyToAsync(PipeWriter writer, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{writer} {cancellationToken}");

    /// <summary>The bytes as a body that is stored elsewhere: the source of a copy.</summary>
    public IObjectBody AsBody(ChecksumAlgorithm? algorithm) => throw new NotSupportedException($"{algorithm}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
