namespace S3Cassandra.Storage.Buckets;

/// <summary>What is refused that would make a bucket public.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html"/>
public sealed record PublicAccessBlock(bool BlockPublicAcls, bool IgnorePublicAcls, bool BlockPublicPolicy, bool RestrictPublicBuckets)
{
    private static readonly PublicAccessBlock Nothing = new(false, false, false, false);

    /// <summary>Two together: each setting is on where one of them has it on.</summary>
    public static PublicAccessBlock Both(PublicAccessBlock? one, PublicAccessBlock? other) =>
        one is null || other is null ? one ?? other ?? Nothing : new PublicAccessBlock(
            one.BlockPublicAcls || other.BlockPublicAcls,
            one.IgnorePublicAcls || other.IgnorePublicAcls,
            one.BlockPublicPolicy || other.BlockPublicPolicy,
            one.RestrictPublicBuckets || other.RestrictPublicBuckets);

    /// <summary>One byte: 0 where none was put.</summary>
    internal static byte Flags(PublicAccessBlock? block) => block is null ? (byte)0 : (byte)(
        1
        | (block.BlockPublicAcls ? 2 : 0)
        | (block.IgnorePublicAcls ? 4 : 0)
        | (block.BlockPublicPolicy ? 8 : 0)
        | (block.RestrictPublicBuckets ? 16 : 0));

    internal static PublicAccessBlock? OfFlags(byte flags) =>
        flags == 0 ? null : new PublicAccessBlock((flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0, (flags & 16) != 0);
}
