using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.Configuration;

/// <summary>
/// Reads or deletes a configuration that nobody can have set, since setting it answers NotImplemented: what AWS answers where it is not
/// set. Terraform, s3cmd and boto ask for these of every bucket.
/// </summary>
internal sealed class UnsetConfiguration : IS3Operation<NoInput>
{
    private readonly string _action;
    private readonly Func<S3Context, CancellationToken, ValueTask> _answer;

    private UnsetConfiguration(string action, Func<S3Context, CancellationToken, ValueTask> answer)
    {
        _action = action;
        _answer = answer;
    }

    /// <summary>There is none: an error that says so.</summary>
    public static UnsetConfiguration NotFound(string action, S3Error error, string? message = null) =>
        new(action, (context, _) => throw new S3Exception(error, message, ("BucketName", context.Target.Bucket)));

    /// <summary>A document with what holds by itself.</summary>
    public static UnsetConfiguration Document(string action, Action<S3XmlWriter, S3Context> write) =>
        new(action, (context, cancellationToken) =>
            S3XmlResponse.WriteAsync(context, StatusCodes.Status200OK, context, write, cancellationToken));

    /// <summary>Deleting what is not there succeeds.</summary>
    public static UnsetConfiguration Deleted(string action) => new(action, (context, _) =>
    {
        context.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return ValueTask.CompletedTask;
    });

    public ValueTask<NoInput> ParseAsync(S3Context context, CancellationToken cancellationToken) => default;

    public void Require(NoInput input, S3Context context, RequiredPermissions permissions) =>
        permissions.Add(_action, RequiredPermissions.BucketArn(context.Target.Bucket));

    public ValueTask ExecuteAsync(NoInput input, S3Context context, CancellationToken cancellationToken) => _answer(context, cancellationToken);
}
