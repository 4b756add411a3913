using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What a ListMultipartUploads asks for.</summary>
internal sealed record ListMultipartUploadsInput
{
    public required ReadOnlyMemory<byte> Prefix { get; init; }

    public required ReadOnlyMemory<byte> Delimiter { get; init; }

    public required ReadOnlyMemory<byte> KeyMarker { get; init; }

    public required UploadId? UploadIdMarker { get; init; }

    /// <summary>As the client sent it.</summary>
    public required string? UploadIdMarkerText { get; init; }

    public required int MaxUploads { get; init; }

    public required bool UrlEncoded { get; init; }
}
