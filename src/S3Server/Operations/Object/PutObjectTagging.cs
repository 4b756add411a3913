using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Replaces an object's tags.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html"/>
internal sealed class PutObjectTagging(ObjectTagging tagging) : IS3Operation<TaggingInput>
{
    public async ValueTask<TaggingInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        new(VersionParameter.Parse(context), await TaggingDocument.ReadAsync(context, cancellationToken));

    public void Require(TaggingInput input, S3Context context, RequiredPermissions permissions) => permissions.Add(
        input.Version is null ? S3Action.PutObjectTagging : S3Action.PutObjectVersionTagging,
        RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString()),
        input.Version);

    public ValueTask ExecuteAsync(TaggingInput input, S3Context context, CancellationToken cancellationToken) =>
        TaggingChange.ApplyAsync(tagging, input, context, StatusCodes.Status200OK, cancellationToken);
}
