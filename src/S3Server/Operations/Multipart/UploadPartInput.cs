using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What an UploadPart asks for.</summary>
internal sealed record UploadPartInput(UploadId Upload, int Number, CustomerKey? Customer);
