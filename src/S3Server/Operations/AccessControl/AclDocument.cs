using S3Cassandra.Auth.AccessControl;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Bucket;
using S3Cassandra.S3Server.Xml;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>The document of an access control list: an owner and grants.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_AccessControlPolicy.html"/>
internal static class AclDocument
{
    private const string Root = "AccessControlPolicy";

    /// <summary>Of a hundred grants, each with six elements at most.</summary>
    private const int MaxElements = 10 + (8 * AccessControlList.MaxGrants);

    /// <summary>
    /// What PutBucketAcl or PutObjectAcl asks for: one of name, grants and document. Where lists mean nothing there is none to put: nothing is
    /// asked for by a document that says what is so anyway, as s3cmd sends it with each copy, and anything else is refused.
    /// </summary>
    /// <exception cref="S3Exception">AccessControlListNotSupported, MissingSecurityHeader, UnexpectedContent, MalformedACLError and those of the headers.</exception>
    public static async ValueTask<AclRequest> ReadAsync(S3Context context, bool ofBucket, CancellationToken cancellationToken)
    {
        if (!context.Bucket.UsesAcls)
        {
            return await SaysWhatIsSoAsync(context, cancellationToken)
                ? AclRequest.None
                : throw new S3Exception(S3Errors.AccessControlListNotSupported);
        }

        var body = await context.Body.ReadAllAsync(BucketDocument.MaxLength, cancellationToken);
        if (!AclHeaders.Any(context))
        {
            return body.IsEmpty
                ? throw new S3Exception(S3Errors.MissingSecurityHeader, null, ("MissingHeaderName", AclHeaders.Canned))
                : Parse(body);
        }

        return body.IsEmpty
            ? AclHeaders.Parse(context.Header, ofBucket)
            : throw new S3Exception(S3Errors.UnexpectedContent);
    }

    private static async ValueTask<bool> SaysWhatIsSoAsync(S3Context context, CancellationToken cancellationToken)
    {
        if (AclHeaders.Any(context))
        {
            return false;
        }

        var owner = context.Bucket.Owner.CanonicalId;
        var body = await context.Body.ReadAllAsync(BucketDocument.MaxLength, cancellationToken);
        return !body.IsEmpty && Parse(body) is { List: { } list } request && request.Owner == owner && list.IsPrivate(owner);
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="S3Exception">MalformedACLError, InvalidArgument, MethodNotAllowed.</exception>
    public static AclRequest Parse(ReadOnlyMemory<byte> document)
    {
        XmlElement root;
        try
        {
            root = S3XmlReader.Parse(document, Root, MaxElements);
        }
        catch (S3Exception malformed) when (malformed.Error == S3Errors.MalformedXML)
        {
            throw Malformed();
        }

        if (root.Child("Owner")?.Child("ID")?.Text is not { Length: > 0 } owner || root.Child("AccessControlList") is not { } list)
        {
            throw Malformed();
        }

        var grants = new List<Grant>();
        foreach (var child in list.Children)
        {
            var permission = AclPermissions.Parse(child.Child("Permission")?.Text ?? "");
            if (child.Name != "Grant" || permission is null || child.Child("Grantee") is not { } grantee)
            {
                throw Malformed();
            }

            grants.Add(new Grant(GranteeOf(grantee), permission.Value));
        }

        return grants.Count > AccessControlList.MaxGrants
            ? throw AclFaults.TooMany()
            : new AclRequest { Owner = owner, List = new AccessControlList(grants) };
    }

    /// <summary>Writes a document.</summary>
    public static void Write(S3XmlWriter xml, (string Owner, AccessControlList List) acl)
    {
        xml.StartDocument("AccessControlPolicy"u8);
        xml.Start("Owner"u8);
        xml.Element("ID"u8, acl.Owner);
        xml.End("Owner"u8);
        xml.Start("AccessControlList"u8);
        foreach (var (grantee, permission) in acl.List.Grants)
        {
            xml.Start("Grant"u8);
            WriteGrantee(xml, grantee);
            xml.Element("Permission"u8, AclPermissions.NameOf(permission));
            xml.End("Grant"u8);
        }

        xml.End("AccessControlList"u8);
        xml.End("AccessControlPolicy"u8);
    }

    private static Grantee GranteeOf(XmlElement grantee)
    {
        switch (grantee.Type)
        {
            case "CanonicalUser" when grantee.Child("ID")?.Text is { Length: > 0 } id:
                return Grantee.Account(id);
            case "Group" when grantee.Child("URI")?.Text is { Length: > 0 } uri:
                return Grantee.OfUri(uri) ?? throw AclFaults.UnknownGroup("Group/URI", uri);
            case "AmazonCustomerByEmail":
                throw AclFaults.EmailAddress();
            default:
                throw Malformed();
        }
    }

    private static void WriteGrantee(S3XmlWriter xml, Grantee grantee)
    {
        if (grantee.Uri is { } uri)
        {
            xml.StartWith("Grantee"u8, "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\""u8);
            xml.Element("URI"u8, uri);
        }
        else
        {
            xml.StartWith("Grantee"u8, "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\""u8);
            xml.Element("ID"u8, grantee.CanonicalId);
        }

        xml.End("Grantee"u8);
    }

    private static S3Exception Malformed() => new(S3Errors.MalformedACLError);
}
