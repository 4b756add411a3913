using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>
/// Stores the file of an upload form, as browsers send it. The pipeline has made of the form what a PutObject is; only the answer differs.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html"/>
internal sealed class PostObject(ObjectWriter objects, ObjectEncryptor encryptor, AccessLists lists) : IS3Operation<PutObjectInput>
{
    private readonly PutObject _put = new(objects, encryptor, lists);

    public ValueTask<PutObjectInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        _put.ParseAsync(context, cancellationToken);

    public void Require(PutObjectInput input, S3Context context, RequiredPermissions permissions) =>
        _put.Require(input, context, permissions);

    public async ValueTask ExecuteAsync(PutObjectInput input, S3Context context, CancellationToken cancellationToken)
    {
        var outcome = await _put.StoreAsync(input, context, cancellationToken);
        ObjectResponseHeaders.DescribeWrite(context.Http.Response, outcome);
        await PostObjectAnswer.WriteAsync(context, ObjectResponseHeaders.Quoted(outcome.Version!.ETag), cancellationToken);
    }
}
