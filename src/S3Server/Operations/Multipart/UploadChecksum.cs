using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>Which checksum an upload's object is to have: x-amz-checksum-algorithm and x-amz-checksum-type.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html"/>
internal static class UploadChecksum
{
    public const string AlgorithmHeader = "x-amz-checksum-algorithm";
    public const string TypeHeader = "x-amz-checksum-type";

    /// <exception cref="S3Exception">InvalidRequest: no such algorithm or type, or one that does not go with the other.</exception>
    public static (ChecksumAlgorithm? Algorithm, ChecksumType Type) Parse(S3Context context)
    {
        var type = ParseType(context);
        if (context.Header(AlgorithmHeader) is not { Length: > 0 } name)
        {
            return type is null
                ? (null, ChecksumType.FullObject)
                : throw new S3Exception(
                    S3Errors.InvalidRequest, "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }

        var algorithm = ChecksumHeaders.Named(name) ?? throw new S3Exception(
            S3Errors.InvalidRequest,
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
            + "[CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64]");
        var isCrc = CrcCombination.For(algorithm) is not null;
        type ??= algorithm is ChecksumAlgorithm.Crc64Nvme ? ChecksumType.FullObject : ChecksumType.Composite;
        if ((type is ChecksumType.FullObject && !isCrc) || (type is ChecksumType.Composite && algorithm is ChecksumAlgorithm.Crc64Nvme))
        {
            throw new S3Exception(
                S3Errors.InvalidRequest,
                $"The {ChecksumHeaders.NameOf(type.Value)} checksum type cannot be used with the {ChecksumHeaders.NameOf(algorithm).ToLowerInvariant()} checksum algorithm.");
        }

        return (algorithm, type.Value);
    }

    /// <exception cref="S3Exception">InvalidRequest.</exception>
    public static ChecksumType? ParseType(S3Context context) => context.Header(TypeHeader) switch
    {
        null or "" => null,
        var value when value.Equals("FULL_OBJECT", StringComparison.OrdinalIgnoreCase) => ChecksumType.FullObject,
        var value when value.Equals("COMPOSITE", StringComparison.OrdinalIgnoreCase) => ChecksumType.Composite,
        _ => throw new S3Exception(S3Errors.InvalidRequest, "Value for x-amz-checksum-type header is invalid."),
    };
}
