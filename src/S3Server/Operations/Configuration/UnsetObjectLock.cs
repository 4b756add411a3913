using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Reads an object's lock in a bucket that has none: what AWS answers there.</summary>
internal sealed class UnsetObjectLock(string action) : IS3Operation<NoInput>
{
    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(action, RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString()));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) =>
        throw new S3Exception(S3Errors.InvalidRequest, "Bucket is missing Object Lock Configuration");
}
