using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Objects;

/// <summary>What a change writes and deletes, and the versions whose bytes no row refers to afterwards.</summary>
internal sealed class KeyCommit
{
    public required DateTimeOffset Started { get; init; }

    public List<RowWrite> Writes { get; } = new(2);

    public List<RowAddress> Deletes { get; } = [];

    public List<ObjectRecord> Releases { get; } = [];

    public (UploadId Id, Guid Ver)? EndsUpload { get; init; }
}
