using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Uploads;

/// <summary>What became of initiating an upload, and its id when done.</summary>
public readonly record struct InitiateOutcome(UploadStatus Status, UploadId Id = default);
