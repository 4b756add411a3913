namespace S3Cassandra.Storage.Checksums;

/// <summary>The checksums that S3 keeps of an object.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html"/>
public enum ChecksumAlgorithm
{
    Crc32 = 1,
    Crc32C = 2,
    Crc64Nvme = 3,
    Sha1 = 4,
    Sha256 = 5,
    Md5 = 6,
    Sha512 = 7,
    XxHash64 = 8,
    XxHash3 = 9,
    XxHash128 = 10,
}
