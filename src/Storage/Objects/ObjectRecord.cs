using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>A version of an object, or a delete marker, as its row describes it.</summary>
public sealed record ObjectRecord
{
    public VersionId VersionId { get; init; }

    public bool IsDeleteMarker { get; init; }

    /// <summary>Bytes, as the client sees them.</summary>
    public long Size { get; init; }

    /// <summary>Without quotes: 32 hexadecimal digits, with "-N" for an object of N parts.</summary>
    public string ETag { get; init; } = "";

    /// <summary>When it became visible, to the millisecond; answers show whole seconds.</summary>
    public DateTimeOffset LastModified { get; init; }

    public required ObjectOwner Owner { get; init; }

    public Checksum? Checksum { get; init; }

    public ObjectEncryption? Encryption { get; init; }

    public ObjectHeaders Headers { get; init; } = ObjectHeaders.Empty;

    /// <summary>Where a website that shows the bucket sends who asks for it; never copied. Null: nowhere.</summary>
    public string? WebsiteRedirectLocation { get; init; }

    /// <summary>User metadata: names in lower case without "x-amz-meta-", values as sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    public IReadOnlyList<ObjectTag> Tags { get; init; } = [];

    /// <summary>Who else may do what to it, packed by the layer that decides; empty: its owner alone, as nearly always.</summary>
    public ReadOnlyMemory<byte> Acl { get; init; }

    /// <summary>How many parts it was uploaded in; 0 for an object that was put whole.</summary>
    public int PartCount { get; init; }

    /// <summary>The multipart upload that it came of; a Complete sent again finds it. Null for an object that was put whole.</summary>
    public UploadId? Upload { get; init; }

    /// <summary>The parts' bytes in order; empty where the body lives in the row, or where a manifest blob lists them.</summary>
    public IReadOnlyList<ObjectPart> Parts { get; init; } = [];

    /// <summary>The blob that lists the parts, where they are too many for the row.</summary>
    public ObjectPart? Manifest { get; init; }

    /// <summary>The nonce that a body in the row was encrypted with; empty when it is not.</summary>
    public ReadOnlyMemory<byte> InlineNonce { get; init; }

    /// <summary>In a head: whether the key also has rows in <see cref="Index.IndexSection.Version"/>, this version among them.</summary>
    public bool HasVersionRows { get; init; }

    /// <summary>In a head: the suffix of the version row that holds the null version, where there is one; empty otherwise.</summary>
    public ReadOnlyMemory<byte> NullVersionSuffix { get; init; }

    /// <summary>The clock of the newest version that the key ever had; a new version's is above it.</summary>
    public ulong Clock { get; init; }
}
