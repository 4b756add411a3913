using System.Globalization;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections.Features;
using S3Cassandra.Auth.Policies.Conditions;
using S3Cassandra.Auth.Requests;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Http;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The values of the condition keys of one request. Who asks, from where, when and how it was signed is what the server found; of what the
/// client said only the headers and parameters count that the key is named after.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys"/>
internal sealed class RequestFacts(S3Context context, ClientConnection client, string region, DateTimeOffset now) : IConditionFacts
{
    /// <summary>The account that owns the resource in question.</summary>
    public string? ResourceAccountId { get; set; }

    /// <summary>The version in question.</summary>
    public VersionId? Version { get; set; }

    /// <summary>The tags of the object in question, where a policy asks for them.</summary>
    public IReadOnlyList<ObjectTag> ExistingTags { get; set; } = [];

    public ConditionValues Find(ConditionKey key) => key.Id switch
    {
        ConditionKeyId.CurrentTime or ConditionKeyId.EpochTime => TimeOf(key.Id),
        ConditionKeyId.PrincipalArn => ConditionValues.Of(context.Identity.IsAnonymous ? null : context.Identity.IssuerArn ?? context.Identity.PrincipalArn),
        ConditionKeyId.PrincipalAccount => ConditionValues.Of(context.Identity.IsAnonymous ? null : context.Identity.AccountId),
        ConditionKeyId.PrincipalTag => ConditionValues.Of(context.Identity.Tags.GetValueOrDefault(key.Parameter!)),
        ConditionKeyId.PrincipalType => ConditionValues.Of(PrincipalType()),
        ConditionKeyId.TokenIssueTime => context.Session is { } session ? ConditionValues.Of(session.Issued) : default,
        ConditionKeyId.FederatedProvider => ConditionValues.Of(context.Session is { Provider.Length: > 0 } federated ? federated.Provider : null),
        ConditionKeyId.SourceIdentity => ConditionValues.Of(context.Session is { SourceIdentity.Length: > 0 } chained ? chained.SourceIdentity : null),
        ConditionKeyId.MultiFactorAuthPresent => context.Session is null ? default : ConditionValues.Of(false),
        ConditionKeyId.PrincipalIsAwsService or ConditionKeyId.ViaAwsService => ConditionValues.Of(false),
        ConditionKeyId.UserId => ConditionValues.Of(context.Identity.IsAnonymous ? "anonymous" : context.Identity.IsRoot ? context.Identity.AccountId : context.Identity.UniqueId),
        ConditionKeyId.UserName => ConditionValues.Of(UserName()),
        ConditionKeyId.ResourceAccount or ConditionKeyId.S3ResourceAccount => ConditionValues.Of(ResourceAccountId),
        ConditionKeyId.RequestedRegion => ConditionValues.Of(region),
        ConditionKeyId.SecureTransport => ConditionValues.Of(client.IsSecure(context.Http)),
        ConditionKeyId.SourceIp => ConditionValues.Of(client.RemoteAddress(context.Http)),
        ConditionKeyId.UserAgent => Header("User-Agent"),
        ConditionKeyId.Referer => Header("Referer"),
        ConditionKeyId.S3AuthType => ConditionValues.Of(AuthType()),
        ConditionKeyId.S3SignatureVersion => ConditionValues.Of(SignatureVersionName()),
        ConditionKeyId.S3SignatureAge => ConditionValues.Of(SignatureAge()),
        ConditionKeyId.S3TlsVersion => ConditionValues.Of(TlsVersion()),
        ConditionKeyId.S3VersionId => ConditionValues.Of(Version?.ToString()),
        ConditionKeyId.S3ExistingObjectTag => TagOf(ExistingTags, key.Parameter!),
        ConditionKeyId.S3RequestObjectTag => TagOf(context.RequestTags, key.Parameter!),
        ConditionKeyId.S3RequestObjectTagKeys => ConditionValues.OfAll([.. context.RequestTags.Select(tag => tag.Key)]),
        ConditionKeyId.S3Prefix => Parameter("prefix"),
        ConditionKeyId.S3Delimiter => Parameter("delimiter"),
        ConditionKeyId.S3MaxKeys => Parameter("max-keys"),
        ConditionKeyId.S3CopySource => ConditionValues.Of(CopySource()),
        _ => HeaderNamed(key.Id),
    };

    private ConditionValues HeaderNamed(ConditionKeyId id) => id switch
    {
        ConditionKeyId.S3Acl => Header("x-amz-acl"),
        ConditionKeyId.S3GrantFullControl => Header("x-amz-grant-full-control"),
        ConditionKeyId.S3GrantRead => Header("x-amz-grant-read"),
        ConditionKeyId.S3GrantReadAcp => Header("x-amz-grant-read-acp"),
        ConditionKeyId.S3GrantWrite => Header("x-amz-grant-write"),
        ConditionKeyId.S3GrantWriteAcp => Header("x-amz-grant-write-acp"),
        ConditionKeyId.S3IfMatch => Header("If-Match"),
        ConditionKeyId.S3IfNoneMatch => Header("If-None-Match"),
        ConditionKeyId.S3ContentSha256 => Header("x-amz-content-sha256"),
        ConditionKeyId.S3MetadataDirective => Header("x-amz-metadata-directive"),
        ConditionKeyId.S3ObjectOwnership => Header("x-amz-object-ownership"),
        ConditionKeyId.S3ServerSideEncryption => Header("x-amz-server-side-encryption"),
        ConditionKeyId.S3ServerSideEncryptionKmsKeyId => Header("x-amz-server-side-encryption-aws-kms-key-id"),
        ConditionKeyId.S3ServerSideEncryptionCustomerAlgorithm => Header("x-amz-server-side-encryption-customer-algorithm"),
        ConditionKeyId.S3StorageClass => Header("x-amz-storage-class"),
        ConditionKeyId.S3WebsiteRedirectLocation => Header("x-amz-website-redirect-location"),
        _ => default,
    };

    private ConditionValues Header(string name) => ConditionValues.Of(context.Header(name));

    private ConditionValues Parameter(string name) => ConditionValues.Of(context.Target.Query.Get(name));

    private ConditionValues TimeOf(ConditionKeyId id) =>
        id == ConditionKeyId.CurrentTime ? ConditionValues.Of(now) : ConditionValues.Of(now.ToUnixTimeSeconds());

    private static ConditionValues TagOf(IReadOnlyList<ObjectTag> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
            {
                return ConditionValues.Of(tag.Value);
            }
        }

        return default;
    }

    private string PrincipalType()
    {
        var identity = context.Identity;
        return identity.IsAnonymous ? "Anonymous"
            : identity.IsRoot ? "Account"
            : identity.PrincipalArn.Contains(":assumed-role/", StringComparison.Ordinal) ? "AssumedRole"
            : identity.PrincipalArn.Contains(":federated-user/", StringComparison.Ordinal) ? "FederatedUser"
            : "User";
    }

    private string? UserName()
    {
        var arn = context.Identity.IssuerArn ?? context.Identity.PrincipalArn;
        return arn.Contains(":user/", StringComparison.Ordinal) ? arn[(arn.LastIndexOf('/') + 1)..] : null;
    }

    private string? AuthType() => context.Signature?.Place switch
    {
        SignaturePlace.Header => "REST-HEADER",
        SignaturePlace.Query => "REST-QUERY-STRING",
        SignaturePlace.Form => "POST",
        _ => null,
    };

    private string? SignatureVersionName() => context.Signature?.Version switch
    {
        SignatureVersion.V4 => "AWS4-HMAC-SHA256",
        SignatureVersion.V2 => "AWS",
        _ => null,
    };

    /// <summary>Milliseconds since the request was signed; the signature covers the date.</summary>
    private long? SignatureAge()
    {
        if (context.Signature is not { Version: SignatureVersion.V4 } signature)
        {
            return null;
        }

        var date = signature.Place == SignaturePlace.Query ? context.Target.Query.Get("X-Amz-Date") : context.Header("x-amz-date");
        return AmzDate.TryParseBasic(date, out var signed) ? Math.Max(0, (long)(now - signed).TotalMilliseconds) : null;
    }

    private string? TlsVersion() => context.Http.Features.Get<ITlsHandshakeFeature>()?.Protocol switch
    {
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => null,
    };

    /// <summary>The source as policies write it: <c>bucket/key</c>, decoded, without slash in front and without version.</summary>
    private string? CopySource()
    {
        if (context.Header("x-amz-copy-source") is null)
        {
            return null;
        }

        var source = Operations.Object.CopySource.Parse(context);
        return string.Create(CultureInfo.InvariantCulture, $"{source.Bucket}/{source.Key}");
    }
}
