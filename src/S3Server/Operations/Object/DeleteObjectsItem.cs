using S3Cassandra.S3Server.Errors;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>One key of a DeleteObjects.</summary>
/// <param name="KeyText">As the document names it.</param>
/// <param name="Key">The key; default where it is none.</param>
/// <param name="VersionText">As the document names it; null where it does not.</param>
/// <param name="Version">The version to remove.</param>
/// <param name="Conditions">What must hold of the key's current object.</param>
/// <param name="Refusal">Why nothing is to be done about it; null otherwise.</param>
internal sealed record DeleteObjectsItem(
    string KeyText, ObjectKey Key, string? VersionText, VersionId? Version, WriteConditions Conditions, S3Exception? Refusal);
