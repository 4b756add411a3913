using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using S3Cassandra.Auth.Policies.Actions;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Http.Bodies;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Routing;
using S3Cassandra.S3Server.Telemetry;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The way of a request: name the operation, authenticate, find the bucket, refuse what is not supported, run, turn what went wrong into
/// S3's error, log. Every step is here or called from here.
/// </summary>
internal sealed class RequestPipeline(
    RequestTargetParser targets,
    RouteTable routes,
    Authenticator authenticator,
    FormUploads forms,
    Authorization authorization,
    BucketStore buckets,
    SignatureOptions signatures,
    BodyDrain drain,
    ClientConnection client,
    RequestAdmission admission,
    QueryApi queryApi,
    AccessLog accessLog,
    Auditor auditor,
    TimeProvider time,
    ILogger<RequestPipeline> logger)
{
    private readonly Func<S3Context, CancellationToken, ValueTask> _authorize = authorization.DecideAsync;

    /// <summary>Answers one request; throws nothing.</summary>
    public async Task ProcessAsync(HttpContext http, RequestHeaders headers)
    {
        var started = Stopwatch.GetTimestamp();
        var requestId = RequestId.Next();
        ServerHeaders.Set(http.Response, requestId);
        S3Context? context = null;
        string? errorCode = null;
        var isAdmitted = admission.TryEnter();
        try
        {
            if (!isAdmitted)
            {
                throw new S3Exception(S3Errors.SlowDown);
            }

            RefuseDoubleFraming(http);
            CloseAfterExpectation(http, answeredUnread: http.Request.ContentLength == 0);
            var rawTarget = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            context = new S3Context(http, requestId, TargetOf(http, rawTarget))
            {
                MayCarryCustomerKeys = client.MayCarryCustomerKeys(http),
            };
            await RunAsync(context, headers, http.RequestAborted);
            errorCode = context.ErrorCode;
        }
        catch (Exception failure)
        {
            errorCode = await FailAsync(http, context, requestId, failure);
        }

        if (isAdmitted)
        {
            admission.Leave();
        }

        auditor.Tell(http, context, requestId, errorCode);
        if (accessLog.IsOn)
        {
            accessLog.Write(Entry(http, context, requestId, errorCode, Stopwatch.GetElapsedTime(started)));
        }
    }

    private RequestTarget TargetOf(HttpContext http, string rawTarget) =>
        AccountTarget.Of(targets.Parse(rawTarget, http.Request.Headers.Host.ToString()), http.Request.Headers);

    private async ValueTask RunAsync(S3Context context, RequestHeaders headers, CancellationToken cancellationToken)
    {
        var http = context.Http;
        var target = context.Target;
        if (await IsPreflightAsync(context, cancellationToken))
        {
            return;
        }

        if (IsOfQueryApi(http, target))
        {
            await queryApi.AnswerAsync(context, headers, cancellationToken);
            return;
        }

        var (route, action) = routes.Find(http.Request.Method, target, http.Request.Headers);
        context.Operation = route.Name;
        if (target.Kind == RouteTarget.Bucket && route.NeedsBucket)
        {
            http.Response.Headers["x-amz-bucket-region"] = signatures.Region;
        }

        headers.Fill(http.Request.Headers);
        var (verdict, payload) = await authenticator.AuthenticateAsync(context, headers, cancellationToken);
        if (route.TakesForm)
        {
            await forms.OpenAsync(context, verdict, payload, cancellationToken);
        }

        if (route.NeedsBucket && !await FindBucketAsync(context, cancellationToken))
        {
            throw await MissingBucketAsync(context, route, verdict, payload, cancellationToken);
        }

        AnonymousLimits.Check(context);

        if (route.TakesForm)
        {
            forms.Admit(context);
        }

        if (target.Query.All.Count > 0 || route.TakesForm)
        {
            // The parameters of a presigned URL are headers now, and so are a form's fields.
            headers.Fill(http.Request.Headers);
        }

        await ServeAsync(route, action, context, headers, verdict, payload, cancellationToken);
    }

    private async ValueTask ServeAsync(
        Routing.Route route,
        IRouteAction action,
        S3Context context,
        RequestHeaders headers,
        SignatureVerdict? verdict,
        SignedPayload payload,
        CancellationToken cancellationToken)
    {
        try
        {
            HeaderGate.Check(context, headers, route, time.GetUtcNow());
            ContentEncoding.RemoveAwsChunked(context.Http.Request.Headers);
            if (route.TakesBody)
            {
                context.Body = BodyOf(context, route, verdict, payload);
            }

            await RunAsync(action, context, cancellationToken);
        }
        catch (S3Exception) when (context.Permissions.All.Count == 0)
        {
            await RequireAsync(route, context, cancellationToken);
            throw;
        }
    }

    /// <summary>Before a fault of a request is told: who may not do it does not hear what is wrong with how it was asked.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    private async ValueTask RequireAsync(Routing.Route route, S3Context context, CancellationToken cancellationToken)
    {
        if (route.Action is { } action && !context.Target.Query.Has("versionId"))
        {
            context.Permissions.Add(action, ResourceOf(context, action));
            await _authorize(context, cancellationToken);
        }
    }

    private static string ResourceOf(S3Context context, string action) =>
        context.Target.Kind == RouteTarget.Object ? RequiredPermissions.ObjectArn(context.Target.Bucket, context.Target.Key.ToString())
        : S3ActionTable.ScopesOf(action) == S3ActionScope.Object ? RequiredPermissions.ObjectArn(context.Target.Bucket, "*")
        : RequiredPermissions.BucketArn(context.Target.Bucket);

    /// <summary>Whether it is for IAM or STS. A POST of nothing by nobody is not: S3 says of it that there is no such thing.</summary>
    private static bool IsOfQueryApi(HttpContext http, RequestTarget target) => target.Kind == RouteTarget.Service
        && (target.Query.Has("Action")
            || (http.Request.Method == "POST" && target.RawQuery.Length == 0
                && (http.Request.Headers.Authorization.Count > 0
                    || (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false))));

    /// <summary>Answers a preflight; to the answer of another request from a browser it adds what CORS has to say, errors included.</summary>
    private async ValueTask<bool> IsPreflightAsync(S3Context context, CancellationToken cancellationToken)
    {
        var (request, target) = (context.Http.Request, context.Target);
        var isPreflight = request.Method == "OPTIONS";
        if (target.Kind is RouteTarget.Service or RouteTarget.Account || !(isPreflight || request.Headers.Origin.Count > 0))
        {
            return false;
        }

        var bucket = await buckets.FindAsync(target.Bucket, cancellationToken);
        if (isPreflight)
        {
            context.Operation = "OPTIONS";
            CorsResponder.Preflight(context, bucket);
        }
        else if (bucket is not null)
        {
            CorsResponder.Apply(context.Http, bucket);
        }

        return isPreflight;
    }

    private static RequestBody BodyOf(S3Context context, Routing.Route route, SignatureVerdict? verdict, SignedPayload payload)
    {
        if (context.Form is { } form)
        {
            return RequestBodyFactory.CreateOfForm(context, form);
        }

        var body = RequestBodyFactory.Create(context, payload, verdict?.Chunks, route.StoresBody, route.ChecksumsAreOfObject);
        return !route.NeedsDigest || body.HasDigest
            ? body
            : throw new S3Exception(S3Errors.InvalidRequest, "Missing required header for this request: Content-MD5");
    }

    private async ValueTask RunAsync(IRouteAction action, S3Context context, CancellationToken cancellationToken)
    {
        try
        {
            await action.RunAsync(context, _authorize, cancellationToken);
        }
        catch (S3Exception missing) when (missing.Error == S3Errors.NoSuchKey)
        {
            if (await authorization.HidesAsync(context, cancellationToken) is not { } refusal)
            {
                throw;
            }

            context.Http.Response.Headers.Remove("x-amz-delete-marker");
            context.Http.Response.Headers.Remove("x-amz-version-id");
            throw refusal;
        }
    }

    /// <summary>False: there is none of that name.</summary>
    private async ValueTask<bool> FindBucketAsync(S3Context context, CancellationToken cancellationToken)
    {
        if (await buckets.FindAsync(context.Target.Bucket, cancellationToken) is not { } bucket)
        {
            return false;
        }

        context.Bucket = bucket;
        CorsResponder.Apply(context.Http, bucket);
        ExpectedOwner.Check(context, ExpectedOwner.Header, bucket.Owner.AccountId);
        RequestPayer.Check(context, bucket);
        return true;
    }

    /// <summary>NoSuchBucket; or that a document is not the one that was signed, which is so whatever it is about.</summary>
    private static async ValueTask<S3Exception> MissingBucketAsync(
        S3Context context, Routing.Route route, SignatureVerdict? verdict, SignedPayload payload, CancellationToken cancellationToken)
    {
        if (payload.Sha256 is not null && route is { TakesBody: true, StoresBody: false, TakesForm: false })
        {
            try
            {
                await BodyOf(context, route, verdict, payload).ReadAllAsync(BucketDocument.MaxLength, cancellationToken);
            }
            catch (S3Exception wrong) when (wrong.Error == S3Errors.XAmzContentSHA256Mismatch)
            {
                return wrong;
            }
            catch (S3Exception)
            {
                // Whatever else is wrong with it is told where there is a bucket.
            }
        }

        return new S3Exception(S3Errors.NoSuchBucket, null, ("BucketName", context.Target.Bucket));
    }

    /// <summary>Content-Length beside Transfer-Encoding: Kestrel keeps the first under another name. Somebody may be smuggling (RFC 9112, 6.1).</summary>
    private static void RefuseDoubleFraming(HttpContext http)
    {
        if (http.Request.Headers.TransferEncoding.Count > 0 && http.Request.Headers.ContainsKey("X-Content-Length"))
        {
            http.Response.Headers.Connection = "close";
            throw new S3Exception(S3Errors.BadRequest, "A request has either a Content-Length or a Transfer-Encoding.");
        }
    }

    /// <summary>
    /// Ends the connection after a final answer to Expect: 100-continue that no 100 came before (Kestrel sends it when the body is read).
    /// RFC 9110, 10.1.1 allows to go on, but botocore takes that answer's status line for the next answer's and then waits a minute.
    /// </summary>
    private static void CloseAfterExpectation(HttpContext http, bool answeredUnread)
    {
        if (answeredUnread && http.Request.Headers.Expect.Count > 0 && HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            http.Response.Headers.Connection = "close";
        }
    }

    private async ValueTask<string?> FailAsync(HttpContext http, S3Context? context, string requestId, Exception failure)
    {
        var aborted = http.RequestAborted;
        if (Failures.IsFault(failure) && !aborted.IsCancellationRequested)
        {
            Log.RequestFailed(logger, failure, requestId, context?.Operation ?? "");
        }

        var answer = Failures.Translate(failure, aborted.IsCancellationRequested);
        if (answer is null || http.Response.HasStarted)
        {
            // A body that breaks midway must not look complete.
            http.Abort();
            return answer?.Error.Code ?? "ClientDisconnected";
        }

        CloseAfterExpectation(http, answeredUnread: true);
        try
        {
            await ErrorResponse.WriteAsync(http, answer, context?.Target.RawPath ?? "/", requestId, aborted);
            await drain.DrainAsync(http, aborted);
        }
        catch (Exception late) when (late is IOException or OperationCanceledException)
        {
            http.Abort();
        }

        return answer.Error.Code;
    }

    private AccessLogEntry Entry(HttpContext http, S3Context? context, string requestId, string? errorCode, TimeSpan duration)
    {
        var target = context?.Target;
        var isHead = HttpMethods.IsHead(http.Request.Method);
        return new AccessLogEntry(
            time.GetUtcNow(),
            client.RemoteAddress(http),
            requestId,
            context?.Operation ?? "",
            target?.Bucket ?? "",
            target?.EncodedKey ?? "",
            http.Response.StatusCode,
            errorCode,
            http.Request.ContentLength ?? 0,
            isHead ? 0 : http.Response.ContentLength ?? 0,
            duration);
    }
}
