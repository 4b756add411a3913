using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Gives an object's tags.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html"/>
internal sealed class GetObjectTagging(ObjectReader objects) : IS3Operation<TaggingInput>
{
    public ValueTask<TaggingInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new TaggingInput(VersionParameter.Parse(context), []));

    public void Require(TaggingInput input, S3Context context, RequiredPermissions permissions) => permissions.Add(
        input.Version is null ? S3Action.GetObjectTagging : S3Action.GetObjectVersionTagging,
        RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString()),
        input.Version);

    public async ValueTask ExecuteAsync(TaggingInput input, S3Context context, CancellationToken cancellationToken)
    {
        var found = await objects.FindAsync(context.Bucket.Id, context.Target.Key, input.Version, withBody: false, cancellationToken);
        ObjectOutcomes.Require(context, found);
        ObjectResponseHeaders.Version(context.Http.Response, found.Object, found.Versioned);
        await TaggingDocument.WriteAsync(context, found.Object.Tags, cancellationToken);
    }
}
