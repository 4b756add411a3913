using S3Cassandra.Auth.AccessControl;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>Reads x-amz-acl and x-amz-grant-*, which exclude each other.</summary>
internal static class AclHeaders
{
    public const string Canned = "x-amz-acl";

    /// <summary>Whether the request says who may do what to what it makes.</summary>
    public static bool Any(S3Context context)
    {
        var headers = context.Http.Request.Headers;
        if (headers.ContainsKey(Canned))
        {
            return true;
        }

        foreach (var (name, _) in GrantHeader.Names)
        {
            if (headers.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What an upload's headers say of the object that will be.</summary>
    /// <exception cref="S3Exception">InvalidArgument, InvalidRequest, MethodNotAllowed, AccessControlListNotSupported, NotImplemented.</exception>
    public static AclRequest OfUpload(S3Context context) => Any(context) ? OfUpload(context.Header, context.Bucket) : AclRequest.None;

    /// <summary>
    /// The same from anywhere else that such fields can be. Where the bucket's owner owns everything, a list that gives it full control and
    /// nobody anything else says what is so anyway.
    /// </summary>
    /// <param name="field">The value of a field by the name that it has as a header; null where it is not there.</param>
    /// <param name="bucket">Where the object will be.</param>
    /// <exception cref="S3Exception">InvalidArgument, InvalidRequest, MethodNotAllowed, AccessControlListNotSupported, NotImplemented.</exception>
    public static AclRequest OfUpload(Func<string, string?> field, BucketRecord bucket)
    {
        var request = Parse(field, ofBucket: false);
        if (bucket.UsesAcls)
        {
            return request;
        }

        var says = request.Canned is null or CannedAcl.Private or CannedAcl.BucketOwnerFullControl
            && (request.List is null || request.List.IsPrivate(bucket.Owner.CanonicalId));
        return says ? AclRequest.None : throw new S3Exception(S3Errors.AccessControlListNotSupported);
    }

    /// <summary>What the fields say, of whatever.</summary>
    /// <exception cref="S3Exception">InvalidArgument, InvalidRequest, MethodNotAllowed, NotImplemented.</exception>
    public static AclRequest Parse(Func<string, string?> field, bool ofBucket)
    {
        var canned = field(Canned);
        if (canned is not null)
        {
            if (GrantHeader.Names.Any(header => field(header.Name) is not null))
            {
                throw new S3Exception(S3Errors.InvalidRequest, "Specifying both Canned ACLs and Header Grants is not allowed.");
            }

            if (!CannedAcl.IsKnown(canned, ofBucket))
            {
                throw new S3Exception(S3Errors.InvalidArgument, null, ("ArgumentName", Canned), ("ArgumentValue", canned));
            }

            return canned == CannedAcl.AwsExecRead
                ? throw new S3Exception(S3Errors.NotImplemented, null, ("Header", Canned))
                : new AclRequest { Canned = canned };
        }

        List<Grant>? grants = null;
        foreach (var (name, permission) in GrantHeader.Names)
        {
            if (field(name) is { } value && GrantHeader.Read(value, permission, grants ??= []) is { } fault)
            {
                throw AclFaults.Of(fault, name, value);
            }
        }

        return grants is null ? AclRequest.None : new AclRequest { List = new AccessControlList(grants) };
    }
}
