using System.Collections.Frozen;

namespace S3Cassandra.Auth.Signatures.V2;

/// <summary>
/// The query parameters that Signature V2 covers: AWS's documented list, its later additions, and everything else that selects another
/// operation or another thing of an operation, so that no signed request can be turned into another. The rest (prefix, marker, x-id, …)
/// is not covered by V2.
/// </summary>
internal static class SubResources
{
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        "abac", "accelerate", "acl", "analytics", "attributes", "cors", "defaultObjectAcl", "delete", "encryption", "intelligent-tiering",
        "inventory", "legal-hold", "lifecycle", "location", "logging", "metadataConfiguration", "metadataInventoryTable",
        "metadataJournalTable", "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "partNumber", "policy",
        "policyStatus", "publicAccessBlock", "renameObject", "replication", "requestPayment", "response-cache-control",
        "response-content-disposition", "response-content-encoding", "response-content-language", "response-content-type",
        "response-expires", "restore", "retention", "select", "select-type", "session", "storageClass", "tagging", "torrent", "uploadId",
        "uploads", "versionId", "versioning", "versions", "website",
    ]);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether V2 covers a parameter (its decoded name).</summary>
    public static bool Contains(ReadOnlySpan<char> name) => BySpan.Contains(name);
}
