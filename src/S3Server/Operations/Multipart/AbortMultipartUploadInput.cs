using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What an AbortMultipartUpload asks for.</summary>
/// <param name="Upload">The upload.</param>
/// <param name="Initiated">When it must have been initiated; null for whenever.</param>
internal sealed record AbortMultipartUploadInput(UploadId Upload, DateTimeOffset? Initiated);
