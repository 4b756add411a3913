using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Buckets;

/// <summary>A bucket as the catalog describes it. Versioning is not here: it is part of the index's configuration.</summary>
public sealed record BucketRecord
{
    public required string Name { get; init; }

    public required BucketId Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Region { get; init; }

    public required ObjectOwner Owner { get; init; }

    /// <summary>The catalog's revision of this record; what a change is conditioned on.</summary>
    public long Revision { get; init; }

    public IReadOnlyList<ObjectTag> Tags { get; init; } = [];

    public IReadOnlyList<CorsRule> Cors { get; init; } = [];

    /// <summary>What objects are encrypted with when the request says nothing.</summary>
    public EncryptionKind DefaultEncryption { get; init; }

    /// <summary>The bucket policy as it was put: JSON, at most 20 KiB; null without one.</summary>
    public string? Policy { get; init; }

    /// <summary>Null where none was put.</summary>
    public PublicAccessBlock? PublicAccessBlock { get; init; }

    public ObjectOwnership Ownership { get; init; }

    /// <summary>Who else may do what to it, packed by the layer that decides; empty: its owner alone.</summary>
    public ReadOnlyMemory<byte> Acl { get; init; }

    /// <summary>Whether requesters of other accounts pay.</summary>
    public bool RequesterPays { get; init; }

    /// <summary>
    /// Whether objects of other owners may be in it: set before the first is written. Only then an object's owner has to be looked up before
    /// the bucket's owner is let at it.
    /// </summary>
    public bool HoldsOthersObjects { get; init; }

    /// <summary>Whether access control lists mean something here, and objects may belong to their writers.</summary>
    public bool UsesAcls => Ownership != ObjectOwnership.BucketOwnerEnforced;

    /// <summary>Whose an object is that says it is <paramref name="writer"/>'s.</summary>
    public ObjectOwner OwnerOf(ObjectOwner writer) => UsesAcls ? writer : Owner;
}
