using System.Globalization;
using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The element that shows a role. Trust policies are percent-encoded (RFC 3986).</summary>
internal static class RoleDocument
{
    /// <summary>A role, whole, with the element that says when it was last used; null: never.</summary>
    public static XElement Of(RoleRecord role, XElement? lastUsed = null) => IamDocument.Element(
        "Role",
        [.. Parts(role), .. IamDocument.Boundary(role.Boundary), .. IamTags.Element(role.Tags), lastUsed ?? IamDocument.Element("RoleLastUsed")]);

    /// <summary>A role in a list: AWS leaves boundary, tags and use out there.</summary>
    public static XElement InList(RoleRecord role) => IamDocument.Element("member", [.. Parts(role)]);

    private static IEnumerable<XElement> Parts(RoleRecord role) =>
    [
        .. IamDocument.Named(role, "Role"),
        IamDocument.Element("CreateDate", IamDocument.Date(role.Created)),
        IamDocument.Element("AssumeRolePolicyDocument", Uri.EscapeDataString(role.TrustPolicy)),
        .. role.Description is { } description ? new[] { IamDocument.Element("Description", description) } : [],
        IamDocument.Element("MaxSessionDuration", role.MaxSessionSeconds.ToString(CultureInfo.InvariantCulture)),
    ];
}
