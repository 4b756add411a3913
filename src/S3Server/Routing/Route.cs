using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations;

namespace S3Cassandra.S3Server.Routing;

/// <summary>
/// A row of the route table: an operation of S3, named as AWS names it, and what a request looks like that asks for it. Data only;
/// <see cref="Bind"/> makes it run.
/// </summary>
internal sealed record Route
{
    private Route(string name, string method, RouteTarget target, Func<IServiceProvider, IRouteAction>? factory)
    {
        Name = name;
        Method = method;
        Target = target;
        Factory = factory;
    }

    /// <summary>The operation, as AWS names it.</summary>
    public string Name { get; }

    public string Method { get; }

    public RouteTarget Target { get; }

    /// <summary>The sub-resource in the query that selects it (<c>acl</c>, <c>uploads</c>, <c>uploadId</c>); null: none of S3's is there.</summary>
    public string? SubResource { get; init; }

    /// <summary>A further query parameter that has to be there; with a value where <see cref="QueryValue"/> says so.</summary>
    public string? QueryName { get; init; }

    public string? QueryValue { get; init; }

    /// <summary>A header that has to be there (<c>x-amz-copy-source</c>).</summary>
    public string? HeaderName { get; init; }

    /// <summary>Whether the request is about a bucket that exists: the pipeline finds it before the operation runs.</summary>
    public bool NeedsBucket { get; init; }

    /// <summary>Whether x-amz-checksum-* headers speak of the object that will be, not of this request's body (CompleteMultipartUpload).</summary>
    public bool ChecksumsAreOfObject { get; init; }

    /// <summary>Whether the request has to say Content-MD5 or a checksum of its document.</summary>
    public bool NeedsDigest { get; init; }

    /// <summary>Whether the body holds an object's bytes (up to 5 GiB) rather than a document.</summary>
    public bool StoresBody { get; init; }

    /// <summary>Whether the body is an upload form, whose fields stand for headers and whose file is the object's bytes.</summary>
    public bool TakesForm { get; init; }

    /// <summary>Whether its method brings a body.</summary>
    public bool TakesBody => Method is "PUT" or "POST";

    /// <summary>Whether it is a request for one version where <c>versionId</c> is given; elsewhere the parameter is refused.</summary>
    public bool TakesVersion { get; init; }

    /// <summary>Whether it is a request that may say who may do what to what it makes or changes; elsewhere such headers are refused.</summary>
    public bool TakesAcl { get; init; }

    /// <summary>
    /// What the asker needs to be allowed whatever else the request says, where parsing it may fail; then who may not do it hears that, and
    /// not what is wrong with how it was asked. Null where there is little to parse.
    /// </summary>
    public string? Action { get; init; }

    /// <summary>Whether it is built; it answers NotImplemented otherwise.</summary>
    public bool IsImplemented => Factory is not null;

    /// <summary>Whether requests can name it at all; what AWS offers on other endpoints only (directory buckets, Object Lambda) is listed, never selected.</summary>
    public bool IsReachable { get; init; } = true;

    /// <summary>What can be said of it in the list of operations.</summary>
    public string? Note { get; init; }

    private Func<IServiceProvider, IRouteAction>? Factory { get; }

    /// <summary>A row of an operation that is built.</summary>
    public static Route Of<TInput>(string name, string method, RouteTarget target, Func<IServiceProvider, IS3Operation<TInput>> operation)
        where TInput : notnull =>
        new(name, method, target, services => new RouteAction<TInput>(operation(services))) { NeedsBucket = target is RouteTarget.Bucket or RouteTarget.Object };

    /// <summary>A row of an operation that is known and answers NotImplemented.</summary>
    public static Route NotImplemented(string name, string method, RouteTarget target) =>
        new(name, method, target, null) { NeedsBucket = target is RouteTarget.Bucket or RouteTarget.Object };

    /// <summary>A row of an operation that AWS offers on an endpoint of its own, which this server is not.</summary>
    public static Route Elsewhere(string name, string method, RouteTarget target, string note) =>
        new(name, method, target, null) { IsReachable = false, Note = note };

    /// <summary>Selected by a sub-resource in the query.</summary>
    public Route On(string subResource) => this with { SubResource = subResource };

    /// <summary>Selected where a further query parameter is there, with that value if one is given.</summary>
    public Route WithQuery(string name, string? value = null) => this with { QueryName = name, QueryValue = value };

    /// <summary>Selected where a header is there.</summary>
    public Route WithHeader(string name) => this with { HeaderName = name };

    /// <summary>The bucket need not exist.</summary>
    public Route WithoutBucket() => this with { NeedsBucket = false };

    /// <summary>The x-amz-checksum-* headers speak of the object.</summary>
    public Route WithObjectChecksums() => this with { ChecksumsAreOfObject = true };

    /// <summary>The document comes with Content-MD5 or a checksum.</summary>
    public Route WithDigest() => this with { NeedsDigest = true };

    /// <summary>The body is an object's bytes.</summary>
    public Route WithObjectBody() => this with { StoresBody = true };

    /// <summary>The body is an upload form.</summary>
    public Route WithForm() => this with { TakesForm = true };

    /// <summary>The request may name a version.</summary>
    public Route OfVersion() => this with { TakesVersion = true };

    /// <summary>The request may bring an access control list.</summary>
    public Route WithAcl() => this with { TakesAcl = true };

    /// <summary>The action to be allowed before a fault of the request is told.</summary>
    public Route Needs(string action) => this with { Action = action };

    /// <summary>What runs it; NotImplemented where it is not built.</summary>
    public IRouteAction Bind(IServiceProvider services) => Factory?.Invoke(services) ?? new UnbuiltAction(this);

    private sealed class UnbuiltAction(Route route) : IRouteAction
    {
        public ValueTask RunAsync(S3Context context, Func<S3Context, CancellationToken, ValueTask> authorize, CancellationToken cancellationToken) =>
            throw (context.Identity.IsAnonymous
                ? new S3Exception(S3Errors.AccessDenied)
                : new S3Exception(S3Errors.NotImplemented, $"{route.Name} is not implemented.", ("Operation", route.Name)));
    }
}
