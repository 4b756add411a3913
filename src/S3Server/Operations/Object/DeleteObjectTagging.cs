using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Removes all tags of an object.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html"/>
internal sealed class DeleteObjectTagging(ObjectTagging tagging) : IS3Operation<TaggingInput>
{
    public ValueTask<TaggingInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new TaggingInput(VersionParameter.Parse(context), []));

    public void Require(TaggingInput input, S3Context context, RequiredPermissions permissions) => permissions.Add(
        input.Version is null ? S3Action.DeleteObjectTagging : S3Action.DeleteObjectVersionTagging,
        RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString()),
        input.Version);

    public ValueTask ExecuteAsync(TaggingInput input, S3Context context, CancellationToken cancellationToken) =>
        TaggingChange.ApplyAsync(tagging, input, context, StatusCodes.Status204NoContent, cancellationToken);
}
