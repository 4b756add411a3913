using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>A bucket to make, in the server's region.</summary>
internal sealed record CreateBucketInput(IReadOnlyList<ObjectTag> Tags, ObjectOwnership Ownership, AclRequest Acl);
