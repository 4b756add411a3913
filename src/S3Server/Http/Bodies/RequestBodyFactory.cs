using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http.Forms;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.S3Server.Http.Bodies;

/// <summary>Reads from a request's headers how its body comes and what it promises, and makes the body that operations read.</summary>
internal static class RequestBodyFactory
{
    /// <summary>The most that one request may upload (AWS: 5 GiB by PutObject and UploadPart).</summary>
    public const long MaxLength = 5L * 1024 * 1024 * 1024;

    /// <param name="context">The request.</param>
    /// <param name="payload">What the verifier found; nothing else decides how the body is read.</param>
    /// <param name="chunks">The chain of chunk signatures in the signed streaming modes.</param>
    /// <param name="storesBody">Whether the body will be an object: then its length has to be known, and only then may it come aws-chunked.</param>
    /// <param name="checksumsAreOfObject">Whether x-amz-checksum-* headers do not speak of this body.</param>
    /// <exception cref="S3Exception">A header contradicts another or itself, or a length is missing or too large.</exception>
    public static RequestBody Create(
        S3Context context, SignedPayload payload, ChunkSignatures? chunks, bool storesBody, bool checksumsAreOfObject)
    {
        var request = context.Http.Request;
        var hasBody = context.Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        if (payload.IsStreaming)
        {
            if (!storesBody)
            {
                throw new S3Exception(S3Errors.InvalidRequest, "The value of x-amz-content-sha256 header is invalid.");
            }

            return CreateStreaming(context, payload, chunks, checksumsAreOfObject);
        }

        if (request.ContentLength is null && (storesBody || hasBody))
        {
            throw new S3Exception(S3Errors.MissingContentLength);
        }

        CheckLength(request.ContentLength ?? 0);
        var promises = ReadPromises(context, payload.Sha256, checksumsAreOfObject);
        if (promises.TrailerName is not null)
        {
            throw new S3Exception(S3Errors.InvalidRequest, "x-amz-trailer needs a payload with a trailer.");
        }

        return hasBody ? new RequestBody(request.BodyReader, request.ContentLength, promises) : RequestBody.None(promises);
    }

    /// <summary>The file of an upload form, whose fields are headers by now. Where it ends nobody says beforehand.</summary>
    /// <exception cref="S3Exception">A field contradicts another or itself.</exception>
    public static RequestBody CreateOfForm(S3Context context, UploadForm form) =>
        new(new FormFileReader(form.Rest, form.Delimiter, form.Length), null, ReadPromises(context, null, checksumsAreOfObject: false));

    private static RequestBody CreateStreaming(S3Context context, SignedPayload payload, ChunkSignatures? chunks, bool checksumsAreOfObject)
    {
        if (payload.Mode is not PayloadMode.StreamingUnsignedTrailer && chunks is null)
        {
            throw new InvalidOperationException("A signed streaming payload without its chain of signatures.");
        }

        if (!long.TryParse(context.Header("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw new S3Exception(S3Errors.MissingContentLength);
        }

        CheckLength(length);
        var promises = ReadPromises(context, null, checksumsAreOfObject);
        if (promises.TrailerName is not null && payload.Mode is PayloadMode.StreamingSigned)
        {
            throw new S3Exception(S3Errors.InvalidRequest, "x-amz-trailer needs a payload with a trailer.");
        }

        var decoded = new DecodedBytes();
        var decoder = new AwsChunkedDecoder(payload.Mode, chunks, length, promises, decoded);
        return new RequestBody(new AwsChunkedReader(context.Http.Request.BodyReader, decoder, decoded), length, promises);
    }

    /// <exception cref="S3Exception">EntityTooLarge.</exception>
    public static void CheckLength(long length)
    {
        if (length > MaxLength)
        {
            throw new S3Exception(
                S3Errors.EntityTooLarge,
                null,
                ("ProposedSize", length.ToString(CultureInfo.InvariantCulture)),
                ("MaxSizeAllowed", MaxLength.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static BodyPromises ReadPromises(S3Context context, byte[]? sha256, bool checksumsAreOfObject)
    {
        var md5 = ReadMd5(context.Header(HeaderNames.ContentMD5));
        var (header, trailer) = checksumsAreOfObject ? default : ReadChecksumNames(context);
        if (md5 is null && sha256 is null && header is null && trailer is null)
        {
            return BodyPromises.None;
        }

        var algorithm = header ?? trailer;
        var promises = new BodyPromises
        {
            Md5 = md5,
            Sha256 = sha256,
            Sha256Text = sha256 is [] ? context.Header("x-amz-content-sha256") : null,
            Algorithm = algorithm,
            TrailerName = trailer is null ? null : ChecksumHeaders.HeaderOf(trailer.Value),
        };
        if (header is not null)
        {
            promises.PromiseInHeader(context.Header(ChecksumHeaders.HeaderOf(header.Value))!);
        }

        return promises;
    }

    private static byte[]? ReadMd5(string? header)
    {
        if (header is null)
        {
            return null;
        }

        var md5 = new byte[MD5.HashSizeInBytes];
        return Convert.TryFromBase64String(header, md5, out var written) && written == md5.Length
            ? md5
            : throw new S3Exception(S3Errors.InvalidDigest, null, ("Content-MD5", header));
    }

    /// <summary>The checksum header or the checksum trailer: at most one of all of them, and the one that is announced.</summary>
    private static (ChecksumAlgorithm? InHeader, ChecksumAlgorithm? InTrailer) ReadChecksumNames(S3Context context)
    {
        ChecksumAlgorithm? header = null;
        foreach (var algorithm in ChecksumHeaders.All)
        {
            if (context.Header(ChecksumHeaders.HeaderOf(algorithm)) is not null)
            {
                header = header is null ? algorithm : throw Several();
            }
        }

        ChecksumAlgorithm? trailer = null;
        foreach (var name in (context.Header("x-amz-trailer") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var algorithm = ChecksumHeaders.OfHeader(name) ?? throw new S3Exception(
                S3Errors.InvalidRequest, "The value specified in the x-amz-trailer header is not supported");
            trailer = trailer is null && header is null ? algorithm : throw Several();
        }

        CheckAnnounced(context, header ?? trailer);
        return (header, trailer);
    }

    private static void CheckAnnounced(S3Context context, ChecksumAlgorithm? found)
    {
        if (context.Header("x-amz-sdk-checksum-algorithm") is not { } announced)
        {
            return;
        }

        var algorithm = ChecksumHeaders.Named(announced) ?? throw new S3Exception(
            S3Errors.InvalidRequest, "Value for x-amz-sdk-checksum-algorithm header is invalid.");
        if (found is null)
        {
            throw new S3Exception(
                S3Errors.InvalidRequest,
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        }

        if (found != algorithm)
        {
            throw new S3Exception(S3Errors.InvalidRequest, "Value for x-amz-sdk-checksum-algorithm header is invalid.");
        }
    }

    private static S3Exception Several() => new(
        S3Errors.InvalidRequest, "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
}
