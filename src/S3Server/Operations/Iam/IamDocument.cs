using System.Globalization;
using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The elements that answers of the IAM API are made of.</summary>
internal static class IamDocument
{
    public static XNamespace Namespace { get; } = "https://iam.amazonaws.com/doc/2010-05-08/";

    public static XElement Element(string name, params object[] content) => new(Namespace + name, content);

    public static XElement Of(UserRecord user, string name = "User") => Element(
        name,
        [.. Named(user, "User"), Element("CreateDate", Date(user.Created)), .. Boundary(user.Boundary), .. IamTags.Element(user.Tags)]);

    public static XElement Of(GroupRecord group, string name = "Group") =>
        Element(name, [.. Named(group, "Group"), Element("CreateDate", Date(group.Created))]);

    /// <summary>Path, name, id and ARN, as <paramref name="kind"/> calls them.</summary>
    public static IEnumerable<XElement> Named(IPolicyHolder holder, string kind) =>
    [
        Element("Path", holder.Path),
        Element(kind + "Name", holder.Name),
        Element(kind + "Id", holder.Id),
        Element("Arn", ArnOf(holder)),
    ];

    /// <summary>The element of an entity that has a permissions boundary; nothing where it has none.</summary>
    public static IEnumerable<XElement> Boundary(PolicyReference? boundary) => boundary is null
        ? []
        :
        [
            Element(
                "PermissionsBoundary",
                Element("PermissionsBoundaryType", "PermissionsBoundaryPolicy"),
                Element("PermissionsBoundaryArn", boundary.Arn)),
        ];

    public static string ArnOf(IPolicyHolder holder)
    {
        var kind = holder switch { UserRecord => "user", GroupRecord => "group", _ => "role" };
        return $"arn:aws:iam::{holder.AccountId}:{kind}{holder.Path}{holder.Name}";
    }

    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static XElement Status(UserKey key) => Element("Status", key.IsActive ? "Active" : "Inactive");

    public static XElement IsTruncated(bool isTruncated) => Element("IsTruncated", isTruncated ? "true" : "false");
}
