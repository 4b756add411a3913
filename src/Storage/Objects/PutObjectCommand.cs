using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>What a PUT or a copy writes, beside the bytes.</summary>
public sealed record PutObjectCommand
{
    public required BucketId Bucket { get; init; }

    public required ObjectKey Key { get; init; }

    public required ObjectOwner Owner { get; init; }

    public ObjectHeaders Headers { get; init; } = ObjectHeaders.Empty;

    /// <summary>As <see cref="ObjectRecord.WebsiteRedirectLocation"/>.</summary>
    public string? WebsiteRedirectLocation { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    public IReadOnlyList<ObjectTag> Tags { get; init; } = [];

    /// <summary>As <see cref="ObjectRecord.Acl"/>.</summary>
    public ReadOnlyMemory<byte> Acl { get; init; }

    public WriteConditions Conditions { get; init; } = WriteConditions.None;

    /// <summary>What to encrypt with; null stores the bytes as they are.</summary>
    public DataKey? DataKey { get; init; }
}
