using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What a PutObject asks for.</summary>
internal sealed record PutObjectInput(ObjectDescription Description, WriteConditions Conditions, EncryptionRequest Encryption, AclRequest Acl);
