using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Uploads;

/// <summary>
/// The packed form of an <see cref="UploadRecord"/>: that of the object that it is to become, without bytes. The time of modification is
/// that of initiation, and a checksum without a value says which one to make.
/// </summary>
public static class UploadRecordCodec
{
    public static byte[] Encode(UploadRecord upload) => ObjectRecordCodec.Encode(new ObjectRecord
    {
        Owner = upload.Owner,
        LastModified = upload.Initiated,
        Headers = upload.Headers,
        WebsiteRedirectLocation = upload.WebsiteRedirectLocation,
        Metadata = upload.Metadata,
        Tags = upload.Tags,
        Acl = upload.Acl,
        Checksum = upload.ChecksumAlgorithm is { } algorithm ? new Checksum(algorithm, upload.ChecksumType, default) : null,
        Encryption = upload.Encryption,
    });

    /// <exception cref="CorruptDataException">It is not one of ours.</exception>
    public static UploadRecord Decode(ReadOnlyMemory<byte> packed)
    {
        var record = ObjectRecordCodec.Decode(packed);
        return new UploadRecord
        {
            Owner = record.Owner,
            Initiated = record.LastModified,
            Headers = record.Headers,
            WebsiteRedirectLocation = record.WebsiteRedirectLocation,
            Metadata = record.Metadata,
            Tags = record.Tags,
            Acl = record.Acl,
            ChecksumAlgorithm = record.Checksum?.Algorithm,
            ChecksumType = record.Checksum?.Type ?? ChecksumType.FullObject,
            Encryption = record.Encryption,
        };
    }
}
