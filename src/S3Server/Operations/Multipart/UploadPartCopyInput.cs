using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What an UploadPartCopy asks for.</summary>
internal sealed record UploadPartCopyInput
{
    public required UploadId Upload { get; init; }

    public required int Number { get; init; }

    /// <summary>The upload's customer key.</summary>
    public required CustomerKey? Customer { get; init; }

    public required CopySource Source { get; init; }

    public required ReadConditions SourceConditions { get; init; }

    public required CustomerKey? SourceKey { get; init; }

    /// <summary>First and last byte; null: all.</summary>
    public required (long First, long Last)? Range { get; init; }
}
