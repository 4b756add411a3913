using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Http;

/// <summary>
/// A permission that a request needs: the action, the resource's ARN, the item of a batch it belongs to or -1, the version it is about, and
/// whether it is about the object that the request makes, not one that is there.
/// </summary>
internal readonly record struct NeededPermission(string Action, string Resource, int Item, VersionId? Version, bool IsOfNewObject = false);
