using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// AWS's query protocol: POST / with a form, or GET / with its parameters in the query. The form is read (at most 128 KiB), hashed, and verified for
/// the service whose action it names (<c>iam</c>, <c>sts</c>); nothing else in it is looked at before.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html"/>
internal sealed class QueryApi(
    RequestCredentials credentials, QueryServices services, QueryAuthenticator authenticator, ClientConnection client, SignatureOptions s3, TimeProvider time)
{
    private const int MaxForm = 128 * 1024;
    private const string InvalidAction = "InvalidAction";

    /// <summary>Of AWS's answers that no service gave.</summary>
    private static readonly XNamespace Fault = "http://webservices.amazon.com/AWSFault/2005-15-09";

    /// <summary>Answers one request, errors included.</summary>
    public async ValueTask AnswerAsync(S3Context context, RequestHeaders headers, CancellationToken cancellationToken)
    {
        var service = services.All[0];
        try
        {
            var form = await ReadFormAsync(context, cancellationToken);
            var signature = QuerySignature.Read(context);
            var parameters = QueryForm.Parse(form, context.Target.Query);
            service = ServiceOf(parameters, signature) ?? service;
            var accessKeyId = await authenticator.AuthenticateAsync(context, headers, service, signature, SHA256.HashData(form), cancellationToken);
            var facts = new RequestFacts(context, client, s3.Region, time.GetUtcNow()) { ResourceAccountId = context.Identity.AccountId };
            context.Parameters = parameters;
            var request = new QueryRequest(context.Parameters, context.Identity, time.GetUtcNow())
            {
                AccessKeyId = accessKeyId,
                Policies = context.Policies,
                Facts = facts,
                Session = context.Session,
            };
            var result = await RunAsync(context, service, request, facts, cancellationToken);
            await WriteAsync(context, StatusCodes.Status200OK, AnswerOf(service, context, result), cancellationToken);
        }
        catch (Exception failure) when (Translate(failure) is { } known)
        {
            context.ErrorCode = known.Code;
            if (context.Identity.IsAnonymous && known.Status < 500)
            {
                authenticator.Failed(context);
            }

            await WriteAsync(context, known.Status, ErrorOf(service, known, context.RequestId), cancellationToken);
        }
    }

    /// <summary>Whose the action is; of one that there is not, whom the signature or the version names.</summary>
    private QueryService? ServiceOf(Dictionary<string, string> parameters, QuerySignature? signature) =>
        (parameters.TryGetValue("Action", out var action) ? services.All.FirstOrDefault(service => service.Find(action) is not null) : null)
        ?? (signature is null ? null : services.Named(signature.Service))
        ?? services.OfVersion(parameters.GetValueOrDefault("Version"));

    private async ValueTask<IReadOnlyList<XElement>> RunAsync(
        S3Context context, QueryService service, QueryRequest request, RequestFacts facts, CancellationToken cancellationToken)
    {
        var action = request.Find("Action") is { Length: > 0 } name ? service.Find(name) : throw new QueryException("MissingAction", 400, "The request must contain the parameter Action.");
        var version = request.Find("Version") ?? service.Version;
        if (version != service.Version)
        {
            throw new QueryException(InvalidAction, 400, $"Could not find operation {name} for version {version}");
        }

        if (context.Identity.IsAnonymous && action?.Access != QueryAccess.Anyone)
        {
            throw QueryAuthenticator.MissingToken();
        }

        if (action is null)
        {
            throw new QueryException("NotImplemented", 501, $"{name} is not implemented.");
        }

        context.Operation = name;
        if (action.Access == QueryAccess.ByPolicy)
        {
            var target = await action.TargetAsync(request, cancellationToken);
            Authorize(context, service, action, target, facts);
            if (target.BecomesArn is { } other && other != target.Arn)
            {
                Authorize(context, service, action, target with { Arn = other }, facts);
            }
        }

        try
        {
            return await action.ExecuteAsync(request, cancellationToken);
        }
        finally
        {
            if (service.ChangesRecords && !IsReading(name))
            {
                credentials.Forget();
            }
        }
    }

    private static bool IsReading(string action) =>
        action.StartsWith("Get", StringComparison.Ordinal) || action.StartsWith("List", StringComparison.Ordinal)
        || action.StartsWith("Simulate", StringComparison.Ordinal);

    private static QueryException? Translate(Exception failure) => failure switch
    {
        QueryException known => known,
        StoreUnavailableException => QueryException.Unsettled(),
        S3Exception of => new QueryException(of.Error.Code, of.Error.Status, of.Message),
        _ => null,
    };

    private static async ValueTask<byte[]> ReadFormAsync(S3Context context, CancellationToken cancellationToken)
    {
        var body = new RequestBody(context.Http.Request.BodyReader, context.Http.Request.ContentLength, BodyPromises.None);
        return (await body.ReadAllAsync(MaxForm, cancellationToken)).ToArray();
    }

    private static void Authorize(S3Context context, QueryService service, IQueryAction action, QueryTarget target, RequestFacts facts)
    {
        var name = $"{service.Name}:{action.Name}";
        var owner = target.AccountId ?? context.Identity.AccountId;
        facts.ResourceAccountId = owner;
        context.Resource = target.Arn;
        var question = new PolicyRequest(context.Identity, name, target.Arn, owner, new QueryFacts(facts, target));
        var decision = PolicyEvaluator.Decide(question, context.Policies, target.ResourcePolicy);
        if (!decision.IsAllowed)
        {
            throw QueryException.AccessDenied(
                DenialMessage.Of(context.Identity, name, decision.Reason == PolicyReason.ExplicitDeny ? target.Arn : null, decision));
        }
    }

    private static XElement AnswerOf(QueryService service, S3Context context, IReadOnlyList<XElement> result)
    {
        var (name, space) = (context.Operation, service.Namespace);
        var metadata = new XElement(space + "ResponseMetadata", new XElement(space + "RequestId", context.RequestId));
        var wrapper = space + (name + "Result");
        return result.Count > 0
            ? new XElement(space + (name + "Response"), result is [{ } whole] && whole.Name == wrapper ? whole : new XElement(wrapper, result), metadata)
            : new XElement(space + (name + "Response"), metadata);
    }

    private static XElement ErrorOf(QueryService service, QueryException failure, string requestId)
    {
        var space = failure.Code == InvalidAction ? Fault : service.Namespace;
        return new XElement(
            space + "ErrorResponse",
            new XElement(
                space + "Error",
                new XElement(space + "Type", failure.Status < 500 ? "Sender" : "Receiver"),
                new XElement(space + "Code", failure.Code),
                failure.Message.Length > 0 ? new XElement(space + "Message", failure.Message) : null),
            new XElement(space + "RequestId", requestId));
    }

    private static async ValueTask WriteAsync(S3Context context, int status, XElement document, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(QueryDocument.Render(document));
        var response = context.Http.Response;
        response.StatusCode = status;
        response.ContentType = "text/xml";
        response.Headers["x-amzn-RequestId"] = context.RequestId;
        response.ContentLength = text.Length;
        await response.BodyWriter.WriteAsync(text, cancellationToken);
    }
}
