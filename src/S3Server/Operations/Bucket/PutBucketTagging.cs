using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Bucket;

/// <summary>Replaces a bucket's tags.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html"/>
internal sealed class PutBucketTagging(BucketStore buckets) : IS3Operation<IReadOnlyList<ObjectTag>>
{
    public async ValueTask<IReadOnlyList<ObjectTag>> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var document = await BucketDocument.ReadAsync(context, "Tagging", cancellationToken);
        return document.Children is [{ Name: "TagSet" } set]
            ? TagSet.Parse(set, TagSet.MaxOfBucket)
            : throw new S3Exception(S3Errors.MalformedXML);
    }

    public void Require(IReadOnlyList<ObjectTag> input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketTagging, RequiredPermissions.BucketArn(context.Target.Bucket));

    public async ValueTask ExecuteAsync(IReadOnlyList<ObjectTag> input, S3Context context, CancellationToken cancellationToken)
    {
        await buckets.ChangeAsync(context, bucket => bucket with { Tags = input }, cancellationToken);
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
