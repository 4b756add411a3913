using System.Globalization;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The headers that lock the object that a request makes. No bucket here has an object lock configuration, so that what is right ends where S3
/// ends it in such a bucket; what is wrong is told first, as S3 does.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"/>
internal static class ObjectLockHeaders
{
    public const string Mode = "x-amz-object-lock-mode";
    public const string RetainUntil = "x-amz-object-lock-retain-until-date";
    public const string LegalHold = "x-amz-object-lock-legal-hold";

    private static readonly string[] DateFormats = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>Why a request that has one of them is refused.</summary>
    public static S3Exception Refusal(S3Context context, DateTimeOffset now)
    {
        var (mode, until, hold) = (context.Header(Mode), context.Header(RetainUntil), context.Header(LegalHold));
        if (mode is null != until is null)
        {
            var missing = mode is null ? Mode : RetainUntil;
            return Invalid($"{RetainUntil} and {Mode} must both be supplied.", missing, "");
        }

        if (mode is not null && until is not null)
        {
            if (DateOf(until) is not { } date)
            {
                return Invalid("The retain until date must be provided in ISO 8601 format", RetainUntil, until);
            }

            if (date <= now)
            {
                return Invalid("The retain until date must be in the future!", RetainUntil, until);
            }

            if (mode is not ("GOVERNANCE" or "COMPLIANCE"))
            {
                return Invalid("Unknown wormMode directive.", Mode, mode);
            }
        }

        return hold is not (null or "ON" or "OFF")
            ? Invalid("Legal Hold must be either of 'ON' or 'OFF'", LegalHold, hold)
            : new S3Exception(S3Errors.InvalidRequest, "Bucket is missing ObjectLockConfiguration");
    }

    private static S3Exception Invalid(string message, string name, string value) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", name), ("ArgumentValue", value));

    private static DateTimeOffset? DateOf(string text) =>
        DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
