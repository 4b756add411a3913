using S3Cassandra.S3Server.Errors;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Http;

/// <summary>One request on its way through the pipeline: what every operation may know.</summary>
internal sealed class S3Context(HttpContext http, string requestId, RequestTarget target)
{
    private BucketRecord? _bucket;

    public HttpContext Http => http;

    /// <summary>16 upper-case hexadecimal digits, also in x-amz-request-id.</summary>
    public string RequestId => requestId;

    public RequestTarget Target => target;

    /// <summary>The bucket's record; the pipeline has looked it up before an operation on a bucket or an object runs.</summary>
    public BucketRecord Bucket
    {
        get => _bucket ?? throw new S3Exception(S3Errors.NoSuchBucket, null, ("BucketName", target.Bucket));
        set => _bucket = value;
    }

    /// <summary>Who asks, as what it writes will be owned by.</summary>
    public ObjectOwner Caller { get; set; } = new("", "", "");

    /// <summary>The request's body, decoded and verified as it is read.</summary>
    public RequestBody Body { get; set; } = RequestBody.Empty;

    public RequiredPermissions Permissions { get; } = new();

    /// <summary>A request header's value; null when absent, several values joined with a comma.</summary>
    public string? Header(string name)
    {
        var values = http.Request.Headers[name];
        return values.Count == 0 ? null : values.ToString();
    }
}
