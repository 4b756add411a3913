using S3Cassandra.Auth.AccessControl;

namespace S3Cassandra.S3Server.Operations.AccessControl;

/// <summary>What a request says of the access control list of what it makes or changes: nothing, a name, or a list.</summary>
internal sealed record AclRequest
{
    /// <summary>Nothing.</summary>
    public static AclRequest None { get; } = new();

    /// <summary>A list's name that S3 knows; null where it does not go by name.</summary>
    public string? Canned { get; init; }

    /// <summary>The list itself, from headers or a document; null where it does not give one.</summary>
    public AccessControlList? List { get; init; }

    /// <summary>The canonical id that a document names as owner.</summary>
    public string? Owner { get; init; }

    /// <summary>The list for a resource of that owner in a bucket of that owner.</summary>
    public AccessControlList For(string owner, string bucketOwner) =>
        List ?? (Canned is null ? AccessControlList.Private(owner) : CannedAcl.Expand(Canned, owner, bucketOwner));
}
