namespace S3Cassandra.Storage.Garbage;

/// <summary>How a walk over a key's records ended, and whether the upload that was asked for was under way when it began.</summary>
internal readonly record struct KeyWalk(KeyWalkStatus Status, bool UploadStands = false);
