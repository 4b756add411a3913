using System.Security.Cryptography;
using S3Cassandra.Auth.Failures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Http;

/// <summary>
/// What a request promises about its body: Content-MD5, an x-amz-checksum-* header or trailer, the SHA-256 that was signed.
/// </summary>
internal sealed class BodyPromises
{
    public static BodyPromises None { get; } = new();

    /// <summary>16 bytes; null when not promised.</summary>
    public byte[]? Md5 { get; init; }

    /// <summary>32 bytes, or none where what was sent is no hash; null when the payload was not signed.</summary>
    public byte[]? Sha256 { get; init; }

    /// <summary><see cref="Sha256"/> as it was sent, where it is no hash.</summary>
    public string? Sha256Text { get; init; }

    /// <summary>The algorithm of the checksum header or trailer; null when there is none.</summary>
    public ChecksumAlgorithm? Algorithm { get; init; }

    /// <summary>The trailer field that will hold the checksum; null when a header holds it or there is none.</summary>
    public string? TrailerName { get; init; }

    /// <summary>The promised checksum; of a trailer only once it was read.</summary>
    public Checksum? Checksum { get; private set; }

    /// <summary>Whether a digest was promised beside the signature.</summary>
    public bool HasDigest => Md5 is not null || Algorithm is not null;

    public bool NeedsSha256 => Sha256 is not null;

    /// <summary>Takes the checksum that a header holds.</summary>
    /// <exception cref="S3Exception">InvalidRequest: it is not Base64 of the algorithm's length.</exception>
    public void PromiseInHeader(string base64) => Promise(base64, "header");

    /// <summary>Takes the checksum that the announced trailer holds.</summary>
    /// <exception cref="S3Exception">InvalidRequest: it is not Base64 of the algorithm's length.</exception>
    public void PromiseInTrailer(string base64) => Promise(base64, "trailing header");

    /// <summary>Null when everything holds that was promised; else why not.</summary>
    public S3Exception? Compare(BodyDigests digests)
    {
        if (Md5 is not null && !digests.Md5.Span.SequenceEqual(Md5))
        {
            return new S3Exception(
                S3Errors.BadDigest,
                null,
                ("ExpectedDigest", Convert.ToHexStringLower(Md5)),
                ("CalculatedDigest", Convert.ToBase64String(digests.Md5.Span)));
        }

        if (Sha256 is not null && !digests.Sha256.Span.SequenceEqual(Sha256))
        {
            return OfAuth(AuthFailures.ContentSha256Mismatch(
                Sha256Text ?? Convert.ToHexStringLower(Sha256), Convert.ToHexStringLower(digests.Sha256.Span)));
        }

        if (TrailerName is not null && Checksum is null)
        {
            return new S3Exception(S3Errors.MalformedTrailerError);
        }

        return Checksum is { } promised && !promised.Value.Span.SequenceEqual(digests.Checksum.Value.Span)
            ? new S3Exception(
                S3Errors.BadDigest, $"The {ChecksumHeaders.NameOf(promised.Algorithm)} you specified did not match the calculated checksum.")
            : null;
    }

    /// <summary>The same for a body that is in memory.</summary>
    public S3Exception? Compare(ReadOnlySpan<byte> body) => ReferenceEquals(this, None) ? null : Compare(new BodyDigests
    {
        Length = body.Length,
        Md5 = Md5 is null ? default : MD5.HashData(body),
        Sha256 = Sha256 is null ? default : SHA256.HashData(body),
        Checksum = new Checksum(Algorithm ?? default, ChecksumType.FullObject, Algorithm is null ? default : ChecksumHeaders.Compute(Algorithm.Value, body)),
    });

    private void Promise(string base64, string place)
    {
        var algorithm = Algorithm!.Value;
        Span<byte> value = stackalloc byte[64];
        if (!Convert.TryFromBase64String(base64, value, out var written) || written != ChecksumHeaders.LengthOf(algorithm))
        {
            throw new S3Exception(S3Errors.InvalidRequest, $"Value for {ChecksumHeaders.HeaderOf(algorithm)} {place} is invalid.");
        }

        Checksum = new Checksum(algorithm, ChecksumType.FullObject, value[..written].ToArray());
    }

    private static S3Exception OfAuth(AuthFailure failure) =>
        new(S3Errors.Named(failure.Code), failure.Message, [.. failure.Details.Select(detail => (detail.Key, detail.Value))]);
}
