using System.Globalization;
using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>The elements that describe managed policies and their versions.</summary>
internal static class PolicyElements
{
    /// <summary>A policy; its description and tags only where it is shown alone, as AWS does.</summary>
    public static XElement Of(ManagedPolicyRecord policy, PolicyUse use, bool isAlone, string name = "Policy") => IamDocument.Element(
        name,
        [
            IamDocument.Element("PolicyName", policy.Name),
            IamDocument.Element("PolicyId", policy.Id),
            IamDocument.Element("Arn", policy.Arn()),
            IamDocument.Element("Path", policy.Path),
            IamDocument.Element("DefaultVersionId", VersionId(policy.DefaultVersion)),
            IamDocument.Element("AttachmentCount", use.Attachments),
            IamDocument.Element("PermissionsBoundaryUsageCount", use.Boundaries),
            IamDocument.Element("IsAttachable", "true"),
            .. isAlone && policy.Description is { } description ? [IamDocument.Element("Description", description)] : Array.Empty<XElement>(),
            IamDocument.Element("CreateDate", IamDocument.Date(policy.Created)),
            IamDocument.Element("UpdateDate", IamDocument.Date(policy.Updated)),
            .. isAlone ? IamTags.Element(policy.Tags) : [],
        ]);

    public static XElement Version(ManagedPolicyRecord policy, PolicyVersion version, bool withDocument, string name = "PolicyVersion") => IamDocument.Element(
        name,
        [
            .. withDocument ? [IamDocument.Element("Document", Uri.EscapeDataString(version.Document))] : Array.Empty<XElement>(),
            IamDocument.Element("VersionId", VersionId(version.Number)),
            IamDocument.Element("IsDefaultVersion", version.Number == policy.DefaultVersion ? "true" : "false"),
            IamDocument.Element("CreateDate", IamDocument.Date(version.Created)),
        ]);

    public static string VersionId(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");
}
