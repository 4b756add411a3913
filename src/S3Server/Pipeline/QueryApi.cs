using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Auth.Failures;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Iam;
using S3Cassandra.Storage;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The IAM API: POST / with a form. The form is read (at most 128 KiB), hashed, verified for the service <c>iam</c> in us-east-1, whatever
/// region S3 has here, and only then looked at.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html"/>
internal sealed class QueryApi(AccessKeys keys, IamActions actions, ClientConnection client, SignatureOptions s3, TimeProvider time)
{
    private const string Service = "iam";
    private const string Region = "us-east-1";
    private const int MaxForm = 128 * 1024;

    private readonly SignatureVerifier _verifier = new(new SignatureOptions { Region = Region, SignatureV2Allowed = false });

    /// <summary>Answers one request, errors included.</summary>
    public async ValueTask AnswerAsync(S3Context context, RequestHeaders headers, CancellationToken cancellationToken)
    {
        var name = "";
        try
        {
            var form = await ReadFormAsync(context, cancellationToken);
            await AuthenticateAsync(context, headers, SHA256.HashData(form), cancellationToken);
            var request = new IamRequest(Parse(form), context.Identity, time.GetUtcNow());
            name = request.Get("Action");
            var action = actions.Find(name) ?? throw new IamException("NotImplemented", 501, $"{name} is not implemented.");
            context.Operation = name;
            Authorize(context, action, await action.ResourceAsync(request, cancellationToken), request);
            var result = await ExecuteAsync(action, request, cancellationToken);
            var content = new List<object>();
            if (result.Count > 0)
            {
                content.Add(IamDocument.Element(name + "Result", [.. result]));
            }

            content.Add(IamDocument.Element("ResponseMetadata", IamDocument.Element("RequestId", context.RequestId)));
            await WriteAsync(context, StatusCodes.Status200OK, IamDocument.Element(name + "Response", [.. content]), cancellationToken);
        }
        catch (Exception failure) when (Translate(failure) is { } known)
        {
            context.ErrorCode = known.Code;
            await WriteAsync(context, known.Status, ErrorOf(known, context.RequestId), cancellationToken);
        }
    }

    private async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IIamAction action, IamRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await action.ExecuteAsync(request, cancellationToken);
        }
        finally
        {
            keys.Forget();
        }
    }

    private static IamException? Translate(Exception failure) => failure switch
    {
        IamException known => known,
        StoreUnavailableException => IamException.Unsettled(),
        S3Exception of => new IamException(of.Error.Code, of.Error.Status, of.Message),
        _ => null,
    };

    private static async ValueTask<byte[]> ReadFormAsync(S3Context context, CancellationToken cancellationToken)
    {
        var body = new RequestBody(context.Http.Request.BodyReader, context.Http.Request.ContentLength, BodyPromises.None);
        return (await body.ReadAllAsync(MaxForm, cancellationToken)).ToArray();
    }

    private async ValueTask AuthenticateAsync(S3Context context, RequestHeaders headers, byte[] hash, CancellationToken cancellationToken)
    {
        headers.Fill(context.Http.Request.Headers);
        var target = context.Target;
        var request = new SignedRequest
        {
            Method = context.Http.Request.Method,
            RawPath = target.RawPath,
            RawQuery = target.RawQuery,
            Host = target.Host,
            Headers = headers,
            Now = time.GetUtcNow(),
            BodySha256 = Convert.ToHexStringLower(hash),
        };
        var parse = _verifier.Parse(request, Service);
        if (parse.Failure is { } malformed)
        {
            throw Refuse(malformed);
        }

        // A presigned URL covers no body: what signs the form is the header.
        if (parse.Claim is not { Place: SignaturePlace.Header } claim)
        {
            throw new IamException("MissingAuthenticationToken", 403, "Missing Authentication Token");
        }

        if (await keys.FindAsync(claim.AccessKeyId, cancellationToken) is not { } known)
        {
            throw new IamException("InvalidClientTokenId", 403, "The security token included in the request is invalid.");
        }

        if (claim.Verify(known.Key.Secret).Failure is { } failure)
        {
            throw Refuse(failure);
        }

        context.Identity = known.Key.Identity;
        context.Policies = known.Policies;
        context.Signature = new RequestSignature(claim.Version, claim.Place);
    }

    private static IamException Refuse(AuthFailure failure) => failure.Code switch
    {
        "SignatureDoesNotMatch" => new IamException(failure.Code, 403, failure.Message),
        "RequestTimeTooSkewed" => new IamException("SignatureDoesNotMatch", 403, "Signature expired or not yet current."),
        "InvalidToken" => new IamException("InvalidClientTokenId", 403, "The security token included in the request is invalid."),
        "AccessDenied" => new IamException("AccessDenied", 403, failure.Message),
        _ => new IamException("IncompleteSignature", 400, failure.Message),
    };

    private void Authorize(S3Context context, IIamAction action, string resource, IamRequest request)
    {
        var facts = new RequestFacts(context, client, s3.Region, request.Now) { ResourceAccountId = request.AccountId };
        var question = new PolicyRequest(context.Identity, "iam:" + action.Name, resource, request.AccountId, facts);
        if (!PolicyEvaluator.Decide(question, context.Policies, null).IsAllowed)
        {
            throw IamException.AccessDenied(
                $"User: {context.Identity.PrincipalArn} is not authorized to perform: iam:{action.Name} on resource: {resource} "
                + "because no identity-based policy allows it");
        }
    }

    private static Dictionary<string, string> Parse(byte[] form)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(form).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = PercentDecoder.DecodeText(equals < 0 ? pair : pair.AsSpan(0, equals), plusIsSpace: true);
            var value = equals < 0 ? "" : PercentDecoder.DecodeText(pair.AsSpan(equals + 1), plusIsSpace: true);
            if (name is null || value is null || !parameters.TryAdd(name, value))
            {
                throw new IamException("MalformedQueryString", 400, "The form is malformed or names a parameter twice.");
            }
        }

        return parameters;
    }

    private static XElement ErrorOf(IamException failure, string requestId) => IamDocument.Element(
        "ErrorResponse",
        IamDocument.Element(
            "Error",
            IamDocument.Element("Type", failure.Status < 500 ? "Sender" : "Receiver"),
            IamDocument.Element("Code", failure.Code),
            IamDocument.Element("Message", failure.Message)),
        IamDocument.Element("RequestId", requestId));

    private static async ValueTask WriteAsync(S3Context context, int status, XElement document, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));
        var response = context.Http.Response;
        response.StatusCode = status;
        response.ContentType = "text/xml";
        response.ContentLength = text.Length;
        await response.BodyWriter.WriteAsync(text, cancellationToken);
    }
}
