using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Confirms what holds: the bucket's owner owns every object in it. The other two need ACLs, which are not there.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html"/>
internal sealed class PutBucketOwnershipControls : IS3Operation<NoInput>
{
    public async ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var document = await BucketDocument.ReadAsync(context, "OwnershipControls", cancellationToken);
        if (document.Children is not [{ Name: "Rule", Children: [{ Name: "ObjectOwnership" } ownership] }])
        {
            throw new S3Exception(S3Errors.MalformedXML);
        }

        return ownership.Text switch
        {
            "BucketOwnerEnforced" => default,
            "BucketOwnerPreferred" or "ObjectWriter" =>
                throw new S3Exception(S3Errors.NotImplemented, $"ObjectOwnership {ownership.Text} is not implemented."),
            _ => throw new S3Exception(S3Errors.MalformedXML),
        };
    }

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketOwnershipControls, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) => default;
}
