namespace S3Cassandra.Auth.AccessControl;

/// <summary>One line of an access control list: one permission for one grantee.</summary>
public readonly record struct Grant(Grantee Grantee, AclPermission Permission);
