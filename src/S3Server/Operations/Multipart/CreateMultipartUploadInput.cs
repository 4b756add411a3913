using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What a CreateMultipartUpload asks for.</summary>
internal sealed record CreateMultipartUploadInput(
    ObjectDescription Description, EncryptionRequest Encryption, ChecksumAlgorithm? Algorithm, ChecksumType ChecksumType, AclRequest Acl);
