using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Object;

/// <summary>What a CopyObject asks for.</summary>
internal sealed record CopyObjectInput
{
    public required CopySource Source { get; init; }

    public required ReadConditions SourceConditions { get; init; }

    public required CustomerKey? SourceKey { get; init; }

    /// <summary>What the request says of the new object; used where the directives say REPLACE.</summary>
    public required ObjectDescription Description { get; init; }

    public required bool ReplacesMetadata { get; init; }

    public required bool ReplacesTags { get; init; }

    public required WriteConditions Conditions { get; init; }

    public required EncryptionRequest Encryption { get; init; }

    /// <summary>Of the new object; the source's is never copied.</summary>
    public required AclRequest Acl { get; init; }

    /// <summary>Null: the source's.</summary>
    public required ChecksumAlgorithm? Algorithm { get; init; }

    /// <summary>Whether anything of the object would change if it were copied onto itself.</summary>
    public required bool ChangesAttributes { get; init; }
}
