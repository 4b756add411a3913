using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Deletes an object, puts a delete marker on it, or removes one version of it.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html"/>
internal sealed class DeleteObject(ObjectRemover objects) : IS3Operation<DeleteObjectInput>
{
    public ValueTask<DeleteObjectInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new DeleteObjectInput(VersionParameter.Parse(context), ConditionHeaders.OfDelete(context)));

    public void Require(DeleteObjectInput input, S3Context context, RequiredPermissions permissions)
    {
        var resource = RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString());
        permissions.Add(input.Version is null ? S3Action.DeleteObject : S3Action.DeleteObjectVersion, resource, input.Version);
        if (ObjectPermissions.BypassesGovernance(context))
        {
            permissions.Add(S3Action.BypassGovernanceRetention, resource, input.Version);
        }

        if (input.Conditions.IfMatch is not null and not "*")
        {
            permissions.Add(S3Action.GetObject, resource);
        }
    }

    public async ValueTask ExecuteAsync(DeleteObjectInput input, S3Context context, CancellationToken cancellationToken)
    {
        var outcome = await objects.DeleteAsync(
            context.Bucket.Id, context.Target.Key, input.Version, input.Conditions, context.Caller, cancellationToken);
        ObjectOutcomes.Require(context, outcome, input.Conditions);
        var response = context.Http.Response;
        response.StatusCode = StatusCodes.Status204NoContent;
        if (outcome.Versioned)
        {
            if (outcome.Version is { IsDeleteMarker: true })
            {
                ObjectResponseHeaders.DeleteMarker(response);
            }

            response.Headers["x-amz-version-id"] = context.Target.Query.Get("versionId") ?? outcome.Version?.VersionId.ToString();
        }
    }
}
