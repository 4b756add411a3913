using S3Cassandra.Auth.Policies;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>Deletes up to a thousand keys; each has an outcome of its own.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html"/>
internal sealed class DeleteObjects(ObjectRemover objects) : IS3Operation<DeleteObjectsInput>
{
    public ValueTask<DeleteObjectsInput> ParseAsync(S3Context context, CancellationToken cancellationToken) =>
        DeleteDocument.ReadAsync(context, cancellationToken);

    public void Require(DeleteObjectsInput input, S3Context context, RequiredPermissions permissions)
    {
        for (var i = 0; i < input.Items.Count; i++)
        {
            var item = input.Items[i];
            permissions.AddForItem(
                i,
                item.VersionText is null ? S3Action.DeleteObject : S3Action.DeleteObjectVersion,
                RequiredPermissions.ObjectArn(context.Target.Bucket, item.KeyText),
                item.Version);
            if (ObjectPermissions.BypassesGovernance(context))
            {
                permissions.AddForItem(
                    i, S3Action.BypassGovernanceRetention, RequiredPermissions.ObjectArn(context.Target.Bucket, item.KeyText), item.Version);
            }
        }
    }

    public async ValueTask ExecuteAsync(DeleteObjectsInput input, S3Context context, CancellationToken cancellationToken)
    {
        // All at once: the store makes few commits of them.
        var outcomes = new Task<WriteOutcome>[input.Items.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var item = input.Items[i];
            outcomes[i] = item.Refusal is not null || context.Permissions.IsRefused(i)
                ? Task.FromResult(default(WriteOutcome))
                : DeleteAsync(item, context, cancellationToken);
        }

        await Task.WhenAll(outcomes);
        var results = new DeleteResult[outcomes.Length];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var refusal = context.Permissions.IsRefused(i) ? new S3Exception(S3Errors.AccessDenied, context.Permissions.SentenceOf(i)) : null;
            results[i] = Result(input.Items[i], refusal, await outcomes[i], context.Target.Bucket);
        }

        await S3XmlResponse.WriteAsync(
            context,
            StatusCodes.Status200OK,
            (input.Quiet, results),
            static (xml, state) => DeleteResult.Write(xml, state.results, state.Quiet),
            cancellationToken);
    }

    /// <summary>What breaks for one key must not hide what became of the others.</summary>
    private async Task<WriteOutcome> DeleteAsync(DeleteObjectsItem item, S3Context context, CancellationToken cancellationToken)
    {
        try
        {
            return await objects.DeleteAsync(context.Bucket.Id, item.Key, item.Version, item.Conditions, context.Caller, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return new WriteOutcome(WriteStatus.Unknown);
        }
    }

    private static DeleteResult Result(DeleteObjectsItem item, S3Exception? refusal, WriteOutcome outcome, string bucket)
    {
        var error = refusal is not null ? refusal
            : item.Refusal is not null ? item.Refusal
            : outcome.Status != WriteStatus.Done ? ObjectOutcomes.Error(outcome.Status, item.KeyText, bucket, item.Conditions)
            : null;
        return new DeleteResult(item.KeyText, item.VersionText, error, outcome.Versioned ? outcome.Version : null);
    }
}
