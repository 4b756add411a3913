using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Policies.Evaluation;
using S3Cassandra.Auth.Sessions;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http.Forms;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Http;

/// <summary>One request on its way through the pipeline: what every operation may know.</summary>
internal sealed class S3Context(HttpContext http, string requestId, RequestTarget target)
{
    private BucketRecord? _bucket;
    private RequestBody? _body;
    private ObjectOwner? _caller;
    private RequestTarget _target = target;

    public HttpContext Http => http;

    /// <summary>16 upper-case hexadecimal digits, also in x-amz-request-id.</summary>
    public string RequestId => requestId;

    public RequestTarget Target => _target;

    /// <summary>The upload form that the request brings; null where it brings none.</summary>
    public UploadForm? Form { get; set; }

    /// <summary>Whether a customer's key (SSE-C) may travel on this request: it came over TLS, or a setting says that this is as good.</summary>
    public bool MayCarryCustomerKeys { get; init; }

    /// <summary>The operation's name once the route table has named it, as AWS names it; empty before.</summary>
    public string Operation { get; set; } = "";

    /// <summary>The bucket's record; the pipeline has looked it up before an operation on a bucket or an object runs.</summary>
    public BucketRecord Bucket
    {
        get => _bucket ?? throw new S3Exception(S3Errors.NoSuchBucket, null, ("BucketName", _target.Bucket));
        set => _bucket = value;
    }

    /// <summary>Whether <see cref="Bucket"/> is there.</summary>
    public bool HasBucket => _bucket is not null;

    /// <summary>Who asks; anonymous until the signature was verified.</summary>
    public Identity Identity { get; set; } = Identity.Anonymous;

    /// <summary>Whom what is written belongs to unless it is its writer's: in a bucket its owner, whoever asks; elsewhere who asks.</summary>
    public ObjectOwner Caller => _caller ??= _bucket is null
        ? new ObjectOwner(Identity.AccountId, Identity.CanonicalId, Identity.PrincipalArn)
        : new ObjectOwner(_bucket.Owner.AccountId, _bucket.Owner.CanonicalId, Identity.PrincipalArn);

    /// <summary>The policies that go with <see cref="Identity"/>.</summary>
    public PrincipalPolicies Policies { get; set; } = PrincipalPolicies.None;

    /// <summary>The access key whose signature held; null where none did.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>The ARN that an action of IAM or STS is about, once it is known.</summary>
    public string? Resource { get; set; }

    /// <summary>The parameters of an action of IAM or STS.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; set; }

    /// <summary>The temporary credentials that the request was signed with; null where they were long-lived, or none.</summary>
    public Session? Session { get; set; }

    /// <summary>How the request was signed; null when it was not.</summary>
    public RequestSignature? Signature { get; set; }

    /// <summary>The tags that the request gives an object, once the operation has parsed them.</summary>
    public IReadOnlyList<ObjectTag> RequestTags { get; set; } = [];

    /// <summary>The request's body, decoded and verified as it is read.</summary>
    public RequestBody Body
    {
        get => _body ??= RequestBody.Empty;
        set => _body = value;
    }

    public RequiredPermissions Permissions { get; } = new();

    /// <summary>The code of the error that the request ended with; null when it did not.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>Names the object that the request is about, where its target names the bucket alone and a form the key.</summary>
    public void NameObject(ObjectKey key)
    {
        var encoded = Uri.EscapeDataString(key.ToString());
        _target = _target with
        {
            Kind = RouteTarget.Object,
            Key = key,
            RawPath = _target.IsVirtualHosted ? "/" + encoded : string.Concat("/", Uri.EscapeDataString(_target.Bucket), "/", encoded),
        };
    }

    /// <summary>
    /// A request header's value; null when absent, several values joined with a comma. The x-amz-* parameters of a presigned URL count as
    /// headers.
    /// </summary>
    public string? Header(string name)
    {
        var values = http.Request.Headers[name];
        return values.Count == 0 ? null : values.ToString();
    }
}
