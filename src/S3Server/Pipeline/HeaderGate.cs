using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.AccessControl;
using S3Cassandra.S3Server.Operations.Object;
using S3Cassandra.Storage.Buckets;
using Route = S3Cassandra.S3Server.Routing.Route;

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
            ["x-amz-bucket-object-lock-enabled"] = value => IsFalse(value) ? null : Unbuilt("x-amz-bucket-object-lock-enabled"),
            ["x-amz-bucket-namespace"] = value => value == "global" ? null : Unbuilt("x-amz-bucket-namespace"),
            ["x-amz-object-lock-event-hold"] = _ => Unbuilt("x-amz-object-lock-event-hold"),
            ["x-amz-server-side-encryption"] = Encryption,
            ["x-amz-server-side-encryption-aws-kms-key-id"] = _ => Unbuilt("x-amz-server-side-encryption-aws-kms-key-id"),
            ["x-amz-server-side-encryption-context"] = _ => Unbuilt("x-amz-server-side-encryption-context"),
            ["x-amz-server-side-encryption-bucket-key-enabled"] = value =>
                IsFalse(value) ? null : Unbuilt("x-amz-server-side-encryption-bucket-key-enabled"),
            ["x-amz-write-offset-bytes"] = _ => Unbuilt("x-amz-write-offset-bytes"),
            ["x-amz-object-annotation-directive"] = _ => Unbuilt("x-amz-object-annotation-directive"),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What has a meaning on some operations only, and is refused on others unless it says what is so anyway.</summary>
    private static readonly FrozenDictionary<string, string> AccessHeaders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["x-amz-acl"] = "private",
        ["x-amz-grant-full-control"] = "",
        ["x-amz-grant-read"] = "",
        ["x-amz-grant-read-acp"] = "",
        ["x-amz-grant-write"] = "",
        ["x-amz-grant-write-acp"] = "",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What only the operations that make an object may say of it.</summary>
    private static readonly FrozenSet<string> OfObjects = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, WebsiteRedirect.Header, ObjectLockHeaders.Mode, ObjectLockHeaders.RetainUntil, ObjectLockHeaders.LegalHold);

    private static readonly FrozenSet<string> MakeObjects = FrozenSet.Create("PutObject", "CopyObject", "CreateMultipartUpload", "PostObject");

    /// <exception cref="S3Exception">A header asks for what is not supported.</exception>
    public static void Check(S3Context context, RequestHeaders headers, Route route, DateTimeOffset now)
    {
        for (var index = 0; index < headers.Count; index++)
        {
            var name = headers.NameAt(index);
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && Refusal(context, route, name, headers, index, now) is { } refusal)
            {
                throw refusal;
            }
        }
    }

    private static S3Exception? Refusal(
        S3Context context, Route route, string name, RequestHeaders headers, int index, DateTimeOffset now)
    {
        if (Rules.TryGetValue(name, out var rule))
        {
            return rule(ValuesOf(headers, index).ToString());
        }

        if (AccessHeaders.TryGetValue(name, out var harmless))
        {
            return route.TakesAcl || ValuesOf(headers, index) == harmless ? null : Misplaced(name, headers, index);
        }

        if (OfObjects.Contains(name))
        {
            return !MakeObjects.Contains(route.Name) ? Misplaced(name, headers, index)
                : name.Equals(WebsiteRedirect.Header, StringComparison.OrdinalIgnoreCase) ? null
                : ObjectLockHeaders.Refusal(context, now);
        }

        return name.Equals(OwnershipNames.Header, StringComparison.OrdinalIgnoreCase) && route.Name != "CreateBucket"
            && ValuesOf(headers, index) != nameof(ObjectOwnership.BucketOwnerEnforced)
                ? Misplaced(name, headers, index)
                : null;
    }

    private static S3Exception Misplaced(string name, RequestHeaders headers, int index) => new(
        S3Errors.InvalidArgument,
        "This operation does not accept the header.",
        ("ArgumentName", name),
        ("ArgumentValue", ValuesOf(headers, index).ToString()));

    private static StringValues ValuesOf(RequestHeaders headers, int index)
    {
        StringValues values = headers.ValueAt(index, 0);
        for (var line = 1; line < headers.ValueCountAt(index); line++)
        {
            values = StringValues.Concat(values, headers.ValueAt(index, line));
        }

        return values;
    }

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
}
