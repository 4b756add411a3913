using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What PutObjectTagging and DeleteObjectTagging share: the change and its answer.</summary>
internal static class TaggingChange
{
    public static async ValueTask ApplyAsync(
        ObjectTagging tagging, TaggingInput input, S3Context context, int status, CancellationToken cancellationToken)
    {
        var outcome = await tagging.SetAsync(context.Bucket.Id, context.Target.Key, input.Version, input.Tags, cancellationToken);
        ChangedVersionAnswer.Write(context, input.Version, outcome, status);
    }
}
