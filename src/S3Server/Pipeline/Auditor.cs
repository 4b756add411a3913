using System.Collections.Frozen;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Telemetry;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>Decides which requests the audit log tells of: changes of how the store is administered, and what was refused to whom.</summary>
internal sealed class Auditor(AuditLog log, ClientConnection client, TimeProvider time)
{
    /// <summary>Changes of objects, which the access log tells of. Whatever else does not only read is administration.</summary>
    private static readonly FrozenSet<string> OfObjects = FrozenSet.Create(
        "PutObject",
        "PostObject",
        "CopyObject",
        "DeleteObject",
        "DeleteObjects",
        "PutObjectTagging",
        "DeleteObjectTagging",
        "PutObjectAnnotation",
        "DeleteObjectAnnotation",
        "CreateMultipartUpload",
        "UploadPart",
        "UploadPartCopy",
        "CompleteMultipartUpload",
        "AbortMultipartUpload",
        "RestoreObject",
        "RenameObject",
        "SelectObjectContent",
        "WriteGetObjectResponse",
        "CreateSession",
        "OPTIONS",
        "");

    /// <summary>Actions whose names begin like reading and that give out credentials.</summary>
    private static readonly FrozenSet<string> Credentials = FrozenSet.Create("GetSessionToken", "GetFederationToken");

    private static readonly string[] Reading = ["Get", "List", "Head", "Simulate", "DecodeAuthorizationMessage"];

    /// <summary>What is wrong with credentials and answered with 400.</summary>
    private static readonly FrozenSet<string> AuthenticationErrors = FrozenSet.Create(
        "AuthorizationHeaderMalformed",
        "AuthorizationQueryParametersError",
        "ExpiredToken",
        "ExpiredTokenException",
        "IDPRejectedClaim",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidIdentityToken",
        "InvalidToken");

    /// <summary>The parameters of IAM and STS that name something and are no secret, document or token.</summary>
    private static readonly string[] Naming =
    [
        "UserName", "NewUserName", "GroupName", "NewGroupName", "RoleName", "PolicyName", "PolicyArn", "PermissionsBoundary", "Path", "NewPath",
        "AccessKeyId", "Status", "VersionId", "SetAsDefault", "RoleArn", "RoleSessionName", "ProviderId", "OpenIDConnectProviderArn", "ClientID",
        "AccountAlias", "AccountName", "DurationSeconds",
    ];

    /// <summary>Whether an operation changes how the store is administered.</summary>
    public static bool IsAdministration(string operation) =>
        !OfObjects.Contains(operation)
        && (Credentials.Contains(operation) || !Array.Exists(Reading, prefix => operation.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>Tells of a request that was answered, where there is something to tell.</summary>
    public void Tell(HttpContext http, S3Context? context, string requestId, string? errorCode)
    {
        if (!log.IsOn || EventOf(http.Response.StatusCode, context, errorCode) is not { } what)
        {
            return;
        }

        var isKnown = context is { Identity.IsAnonymous: false };
        log.Write(new AuditEntry
        {
            Event = what,
            Time = time.GetUtcNow(),
            RequestId = requestId,
            Remote = client.RemoteAddress(http),
            Principal = isKnown ? context!.Identity.PrincipalArn : null,
            AccessKeyId = isKnown ? context!.AccessKeyId : null,
            Operation = context?.Operation ?? "",
            Bucket = context?.Target.Bucket ?? "",
            EncodedKey = context?.Target.EncodedKey ?? "",
            Resource = context?.Resource,
            Parameters = context?.Parameters is { } parameters ? Named(parameters) : [],
            Status = http.Response.StatusCode,
            ErrorCode = errorCode,
        });
    }

    private static AuditEvent? EventOf(int status, S3Context? context, string? errorCode) =>
        status is StatusCodes.Status403Forbidden or StatusCodes.Status401Unauthorized
            || (errorCode is not null && AuthenticationErrors.Contains(errorCode))
            || context is { Permissions.HasRefused: true }
                ? AuditEvent.Refused
                : status is < 300 or >= 500 && context is not null && IsAdministration(context.Operation)
                    ? AuditEvent.Change
                    : null;

    /// <summary>The parameters that name something.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Named(IReadOnlyDictionary<string, string> parameters)
    {
        var named = new List<KeyValuePair<string, string>>();
        foreach (var name in Naming)
        {
            if (parameters.TryGetValue(name, out var value))
            {
                named.Add(new(name, value));
            }
        }

        return named;
    }
}
