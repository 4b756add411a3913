using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Says what is refused that would make a bucket public. A setting that is not named is off.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html"/>
internal sealed class PutPublicAccessBlock(BucketStore buckets) : IS3Operation<PublicAccessBlock>
{
    private static readonly string[] Names = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

    public async ValueTask<PublicAccessBlock> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var document = await BucketDocument.ReadAsync(context, "PublicAccessBlockConfiguration", cancellationToken);
        if (document.Children.Any(child => !Names.Contains(child.Name)) || document.Children.DistinctBy(child => child.Name).Count() < document.Children.Count)
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        return new PublicAccessBlock(Flag(document, Names[0]), Flag(document, Names[1]), Flag(document, Names[2]), Flag(document, Names[3]));
    }

    public void Require(PublicAccessBlock input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketPublicAccessBlock, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(PublicAccessBlock input, S3Context context, CancellationToken cancellationToken) =>
        buckets.ChangeAsync(context, bucket => bucket with { PublicAccessBlock = input }, cancellationToken);

    private static bool Flag(XmlElement document, string name) => document.Child(name)?.Text switch
    {
        null => false,
        var text when bool.TryParse(text, out var flag) => flag,
        _ => throw new S3Exception(S3Errors.MalformedXML),
    };
}
