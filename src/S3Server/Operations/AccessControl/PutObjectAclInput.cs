using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>An access control list for a version; null: the current one.</summary>
internal sealed record PutObjectAclInput(VersionId? Version, AclRequest Acl);
