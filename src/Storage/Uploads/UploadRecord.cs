using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Uploads;

/// <summary>A multipart upload under way, as its row describes it: what the object will be, beside its bytes.</summary>
public sealed record UploadRecord
{
    /// <summary>The owner, and with it the initiator.</summary>
    public required ObjectOwner Owner { get; init; }

    public DateTimeOffset Initiated { get; init; }

    public ObjectHeaders Headers { get; init; } = ObjectHeaders.Empty;

    /// <summary>As <see cref="ObjectRecord.WebsiteRedirectLocation"/>.</summary>
    public string? WebsiteRedirectLocation { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    public IReadOnlyList<ObjectTag> Tags { get; init; } = [];

    /// <summary>Of the object that is to be, as <see cref="ObjectRecord.Acl"/>.</summary>
    public ReadOnlyMemory<byte> Acl { get; init; }

    /// <summary>What the client named; null: parts and object get CRC-64/NVME, and the client hears of it only in the object.</summary>
    public ChecksumAlgorithm? ChecksumAlgorithm { get; init; }

    /// <summary>What the object's checksum will be of; full object where no algorithm was named.</summary>
    public ChecksumType ChecksumType { get; init; } = ChecksumType.FullObject;

    /// <summary>How its parts are encrypted: all with one data key, each with a nonce of its own.</summary>
    public ObjectEncryption? Encryption { get; init; }
}
