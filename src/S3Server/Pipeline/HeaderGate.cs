using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// No header that asks for something is ignored: what is true anyway passes, what is not supported is refused before the operation runs.
/// Headers that an operation implements are not here, nor is x-amz-bypass-governance-retention: no version here is retained.
/// </summary>
internal static class HeaderGate
{
    private static readonly FrozenDictionary<string, Func<string, S3Exception?>> Rules =
        new Dictionary<string, Func<string, S3Exception?>>(StringComparer.OrdinalIgnoreCase)
        {
            ["x-amz-storage-class"] = value => value == "STANDARD" ? null : new S3Exception(S3Errors.InvalidStorageClass, null, ("StorageClassRequested", value)),
            ["x-amz-acl"] = CannedAcl,
            ["x-amz-grant-full-control"] = _ => new S3Exception(S3Errors.AccessControlListNotSupported),
            ["x-amz-grant-read"] = _ => new S3Exception(S3Errors.AccessControlListNotSupported),
            ["x-amz-grant-read-acp"] = _ => new S3Exception(S3Errors.AccessControlListNotSupported),
            ["x-amz-grant-write"] = _ => new S3Exception(S3Errors.AccessControlListNotSupported),
            ["x-amz-grant-write-acp"] = _ => new S3Exception(S3Errors.AccessControlListNotSupported),
            ["x-amz-bucket-object-lock-enabled"] = value => IsFalse(value) ? null : Unbuilt("x-amz-bucket-object-lock-enabled"),
            ["x-amz-object-ownership"] = Ownership,
            ["x-amz-bucket-namespace"] = value => value == "global" ? null : Unbuilt("x-amz-bucket-namespace"),
            ["x-amz-object-lock-mode"] = _ => Unbuilt("x-amz-object-lock-mode"),
            ["x-amz-object-lock-retain-until-date"] = _ => Unbuilt("x-amz-object-lock-retain-until-date"),
            ["x-amz-object-lock-legal-hold"] = _ => Unbuilt("x-amz-object-lock-legal-hold"),
            ["x-amz-object-lock-event-hold"] = _ => Unbuilt("x-amz-object-lock-event-hold"),
            ["x-amz-website-redirect-location"] = _ => Unbuilt("x-amz-website-redirect-location"),
            ["x-amz-server-side-encryption"] = Encryption,
            ["x-amz-server-side-encryption-aws-kms-key-id"] = _ => Unbuilt("x-amz-server-side-encryption-aws-kms-key-id"),
            ["x-amz-server-side-encryption-context"] = _ => Unbuilt("x-amz-server-side-encryption-context"),
            ["x-amz-server-side-encryption-bucket-key-enabled"] = value =>
                IsFalse(value) ? null : Unbuilt("x-amz-server-side-encryption-bucket-key-enabled"),
            ["x-amz-write-offset-bytes"] = _ => Unbuilt("x-amz-write-offset-bytes"),
            ["x-amz-object-annotation-directive"] = _ => Unbuilt("x-amz-object-annotation-directive"),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="S3Exception">A header asks for what is not supported.</exception>
    public static void Check(RequestHeaders headers)
    {
        for (var index = 0; index < headers.Count; index++)
        {
            var name = headers.NameAt(index);
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && Rules.TryGetValue(name, out var rule)
                && rule(ValuesOf(headers, index).ToString()) is { } refusal)
            {
                throw refusal.Error == S3Errors.AccessControlListNotSupported && Has(headers, "x-amz-object-ownership")
                    ? new S3Exception(S3Errors.InvalidBucketAclWithObjectOwnership)
                    : refusal;
            }
        }
    }

    private static bool Has(RequestHeaders headers, string name)
    {
        for (var index = 0; index < headers.Count; index++)
        {
            if (string.Equals(headers.NameAt(index), name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static StringValues ValuesOf(RequestHeaders headers, int index)
    {
        StringValues values = headers.ValueAt(index, 0);
        for (var line = 1; line < headers.ValueCountAt(index); line++)
        {
            values = StringValues.Concat(values, headers.ValueAt(index, line));
        }

        return values;
    }

    private static S3Exception? CannedAcl(string value) => value switch
    {
        "private" or "bucket-owner-full-control" => null,
        "public-read" or "public-read-write" or "authenticated-read" or "aws-exec-read" or "bucket-owner-read" or "log-delivery-write" =>
            new S3Exception(S3Errors.AccessControlListNotSupported),
        _ => Wrong(S3Errors.InvalidArgument, "x-amz-acl", value),
    };

    private static S3Exception? Ownership(string value) => value switch
    {
        "BucketOwnerEnforced" => null,
        "BucketOwnerPreferred" or "ObjectWriter" => Unbuilt("x-amz-object-ownership"),
        _ => new S3Exception(
            S3Errors.InvalidArgument,
            $"Invalid x-amz-object-ownership header: {value}",
            ("ArgumentName", "x-amz-object-ownership"),
            ("ArgumentValue", value)),
    };

    private static S3Exception? Encryption(string value) => value switch
    {
        "AES256" => null,
        "aws:kms" or "aws:kms:dsse" or "aws:fsx" => Unbuilt("x-amz-server-side-encryption"),
        _ => new S3Exception(
            S3Errors.InvalidArgument,
            "The encryption method specified is not supported",
            ("ArgumentName", "x-amz-server-side-encryption"),
            ("ArgumentValue", value)),
    };

    private static bool IsFalse(string value) => value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static S3Exception Unbuilt(string header) => new(S3Errors.NotImplemented, null, ("Header", header));

    private static S3Exception Wrong(S3Error error, string name, string value) =>
        new(error, null, ("ArgumentName", name), ("ArgumentValue", value));
}
