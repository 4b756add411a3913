using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What a CompleteMultipartUpload asks for.</summary>
internal sealed record CompleteMultipartUploadInput(UploadId Upload, CompleteUpload Request);
