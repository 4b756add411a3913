using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Says what GetObject would say, without the bytes.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html"/>
internal sealed class HeadObject(ObjectReader objects, ObjectEncryptor encryptor) : IS3Operation<ReadObjectInput>
{
    public ValueTask<ReadObjectInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ReadObjectRequest.Parse(context, encryptor));

    public void Require(ReadObjectInput input, S3Context context, RequiredPermissions permissions) =>
        ReadObjectRequest.Require(input, context, permissions);

    public async ValueTask ExecuteAsync(ReadObjectInput input, S3Context context, CancellationToken cancellationToken)
    {
        var found = await objects.FindAsync(context.Bucket.Id, context.Target.Key, input.Version, withBody: false, cancellationToken);
        ObjectOutcomes.Require(context, found);
        _ = encryptor.OpenKey(found.Object.Encryption, input.CustomerKey);
        if (ReadObjectAnswer.Proceeds(input, context, found))
        {
            var range = await ReadObjectAnswer.RangeAsync(input, context, objects, found.Object, cancellationToken);
            ReadObjectAnswer.Write(input, context, found, range);
        }
    }
}
