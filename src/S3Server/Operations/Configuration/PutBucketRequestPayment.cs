using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>Says who pays: then requests of other accounts have to say that they know.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketRequestPayment.html"/>
internal sealed class PutBucketRequestPayment(BucketStore buckets) : IS3Operation<PutBucketRequestPaymentInput>
{
    public const string Requester = "Requester";
    public const string BucketOwner = "BucketOwner";

    public async ValueTask<PutBucketRequestPaymentInput> ParseAsync(S3Context context, CancellationToken cancellationToken)
    {
        var document = await BucketDocument.ReadAsync(context, "RequestPaymentConfiguration", cancellationToken);
        return document.Children is [{ Name: "Payer", Text: Requester or BucketOwner } payer]
            ? new PutBucketRequestPaymentInput(payer.Text == Requester)
            : throw new S3Exception(S3Errors.MalformedXML);
    }

    public void Require(PutBucketRequestPaymentInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(S3Action.PutBucketRequestPayment, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(PutBucketRequestPaymentInput input, S3Context context, CancellationToken cancellationToken) =>
        buckets.ChangeAsync(context, bucket => bucket with { RequesterPays = input.RequesterPays }, cancellationToken);
}
