namespace S3Cassandra.Storage.Uploads;

/// <summary>What became of uploading a part, and the part when done.</summary>
public readonly record struct PutPartOutcome(UploadStatus Status, PartRecord? Part = null);
