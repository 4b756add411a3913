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
        Element("Path", user.Path),
        Element("UserName", user.Name),
        Element("UserId", user.Id),
        Element("Arn", ArnOf(user)),
        Element("CreateDate", Date(user.Created)));

    public static string ArnOf(UserRecord user) => $"arn:aws:iam::{user.AccountId}:user{user.Path}{user.Name}";

    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static XElement Status(UserKey key) => Element("Status", key.IsActive ? "Active" : "Inactive");

    public static XElement IsTruncated(bool isTruncated) => Element("IsTruncated", isTruncated ? "true" : "false");
}
