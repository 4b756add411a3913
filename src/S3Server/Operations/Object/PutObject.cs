using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Stores an object.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html"/>
internal sealed class PutObject(ObjectWriter objects, ObjectEncryptor encryptor, AccessLists lists) : IS3Operation<PutObjectInput>
{
    public ValueTask<PutObjectInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => ValueTask.FromResult(
        new PutObjectInput(ObjectDescription.Parse(context), ConditionHeaders.OfWrite(context), encryptor.ParseWrite(context), AclHeaders.OfUpload(context)));

    public void Require(PutObjectInput input, S3Context context, RequiredPermissions permissions)
    {
        var resource = RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString());
        ObjectPermissions.Add(permissions, context, resource, input.Description.Tags.Count > 0);

        if (input.Conditions.IfMatch is not null)
        {
            permissions.Add(S3Action.GetObject, resource);
        }
    }

    public async ValueTask ExecuteAsync(PutObjectInput input, S3Context context, CancellationToken cancellationToken) =>
        ObjectResponseHeaders.DescribeWrite(context.Http.Response, await StoreAsync(input, context, cancellationToken));

    /// <summary>Stores it and leaves the answer to the caller.</summary>
    /// <exception cref="S3Exception">It was not stored.</exception>
    public async ValueTask<WriteOutcome> StoreAsync(PutObjectInput input, S3Context context, CancellationToken cancellationToken)
    {
        var (owner, acl) = await lists.OfNewObjectAsync(context, input.Acl, cancellationToken);
        var command = new PutObjectCommand
        {
            Bucket = context.Bucket.Id,
            Key = context.Target.Key,
            Owner = owner,
            Acl = acl,
            Headers = input.Description.Headers,
            WebsiteRedirectLocation = input.Description.WebsiteRedirectLocation,
            Metadata = input.Description.Metadata,
            Tags = input.Description.Tags,
            Conditions = input.Conditions,
            DataKey = encryptor.CreateKey(input.Encryption, context.Bucket),
        };
        var outcome = await objects.PutAsync(command, context.Body, cancellationToken);
        ObjectOutcomes.Require(context, outcome, input.Conditions);
        return outcome;
    }
}
