using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Sends an object, or a range of it.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html"/>
internal sealed class GetObject(ObjectReader objects, ObjectEncryptor encryptor) : IS3Operation<ReadObjectInput>
{
    /// <summary>How often the bytes may vanish between lookup and opening because the key was written again.</summary>
    private const int MaxLookups = 16;

    public ValueTask<ReadObjectInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ReadObjectRequest.Parse(context, encryptor));

    public void Require(ReadObjectInput input, S3Context context, RequiredPermissions permissions) =>
        ReadObjectRequest.Require(input, context, permissions);

    public async ValueTask ExecuteAsync(ReadObjectInput input, S3Context context, CancellationToken cancellationToken)
    {
        for (var lookup = 0; lookup < MaxLookups; lookup++)
        {
            var found = await objects.FindAsync(context.Bucket.Id, context.Target.Key, input.Version, withBody: true, cancellationToken);
            ObjectOutcomes.Require(context, found);
            var record = found.Object;
            var key = encryptor.OpenKey(record.Encryption, input.CustomerKey);
            if (!ReadObjectAnswer.Proceeds(input, context, found))
            {
                return;
            }

            var range = await ReadObjectAnswer.RangeAsync(input, context, objects, record, cancellationToken);
            await using var open = await objects.OpenAsync(found, key, range?.Offset ?? 0, range?.Count ?? record.Size, cancellationToken);
            if (open is not null)
            {
                // The first bytes are there and verified: only now is success promised.
                ReadObjectAnswer.Write(input, context, found, range);
                await open.CopyToAsync(context.Http.Response.BodyWriter, cancellationToken);
                return;
            }
        }

        throw new S3Exception(S3Errors.SlowDown);
    }
}
