using System.Globalization;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>The S3 errors of a Complete that was not done.</summary>
internal static class CompleteErrors
{
    public static S3Exception Of(S3Context context, CompleteMultipartUploadInput input, CompleteOutcome outcome) => outcome.Status switch
    {
        CompleteStatus.NoSuchUpload => UploadParameters.NoSuchUpload(context),
        CompleteStatus.InvalidPartOrder => new S3Exception(S3Errors.InvalidPartOrder, null, ("UploadId", input.Upload.ToString())),
        CompleteStatus.InvalidPart => new S3Exception(
            S3Errors.InvalidPart,
            null,
            ("UploadId", input.Upload.ToString()),
            ("PartNumber", Number(outcome.PartNumber)),
            ("ETag", outcome.PartETag ?? "")),
        CompleteStatus.EntityTooSmall => new S3Exception(
            S3Errors.EntityTooSmall,
            null,
            ("ProposedSize", Number(outcome.PartSize)),
            ("MinSizeAllowed", Number(PartSelection.MinPartSize)),
            ("PartNumber", Number(outcome.PartNumber)),
            ("ETag", outcome.PartETag ?? "")),
        CompleteStatus.EntityTooLarge => new S3Exception(S3Errors.EntityTooLarge),
        CompleteStatus.PartChecksumMismatch => new S3Exception(
            S3Errors.BadDigest,
            $"The {Name(outcome.Algorithm).ToLowerInvariant()} you specified for part {Number(outcome.PartNumber)} did not match what we received."),
        CompleteStatus.PartChecksumMissing => new S3Exception(
            S3Errors.InvalidRequest,
            $"The upload was created using a {Name(outcome.Algorithm).ToLowerInvariant()} checksum. The complete request must include the checksum for each part. "
            + $"It was missing for part {Number(outcome.PartNumber)} in the request."),
        CompleteStatus.ChecksumTypeMismatch => new S3Exception(
            S3Errors.InvalidRequest,
            input.Request.ChecksumType is { } type
                ? $"The upload was created using the {ChecksumHeaders.NameOf(outcome.ChecksumType)} checksum mode. The complete request must use the same checksum mode."
                : "The checksum of the complete request is not of the algorithm that the upload was created with."),
        CompleteStatus.ChecksumMismatch => new S3Exception(
            S3Errors.BadDigest, $"The {Name(outcome.Algorithm)} you specified did not match the calculated checksum."),
        CompleteStatus.SizeMismatch => new S3Exception(
            S3Errors.InvalidRequest,
            $"The provided 'x-amz-mp-object-size' header value {Number(input.Request.ObjectSize ?? 0)} does not match what was computed: {Number(outcome.ObjectSize)}"),
        _ => ObjectOutcomes.Error(
            StatusOf(outcome.Status), context.Target.Key.ToString(), context.Target.Bucket, input.Request.Conditions),
    };

    private static WriteStatus StatusOf(CompleteStatus status) => status switch
    {
        CompleteStatus.PreconditionFailed => WriteStatus.PreconditionFailed,
        CompleteStatus.NotFound => WriteStatus.NotFound,
        CompleteStatus.Conflict => WriteStatus.Conflict,
        CompleteStatus.BucketGone => WriteStatus.BucketGone,
        _ => WriteStatus.Unknown,
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Name(ChecksumAlgorithm algorithm) => ChecksumHeaders.NameOf(algorithm);
}
