using System.Buffers;
using System.Globalization;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>OpenID Connect providers as the actions of the IAM API need them: there, or the error that says so.</summary>
internal sealed class IamProviders(IdentityStore identities, ServerOptions options)
{
    public const int MaxClientIds = 100;
    public const int MaxProviders = 100;

    private const string Kind = ":oidc-provider/";
    private const int MinArn = 20;
    private const int MaxArn = 2048;
    private const int MaxClientId = 255;
    private const int MaxThumbprints = 5;
    private const int ThumbprintLength = 40;
    private const int MaxUrl = 255;
    private const string Https = "https://";

    private static readonly SearchValues<char> NotInUrls = SearchValues.Create("?#@%\\ ");

    /// <summary>What permissions on the provider of a request name.</summary>
    public async ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var arn = Arn(request);
        return new QueryTarget(arn) { ResourceTags = await FindAsync(request, arn, cancellationToken) is { } provider ? provider.Tags : [] };
    }

    /// <summary>The provider of a request; <paramref name="missing"/> are the action's words for one that is not there.</summary>
    /// <exception cref="QueryException">NoSuchEntity.</exception>
    public async ValueTask<OidcProviderRecord> GetAsync(
        QueryRequest request, Func<string, QueryException> missing, CancellationToken cancellationToken)
    {
        var arn = Arn(request);
        return await FindAsync(request, arn, cancellationToken) ?? throw missing(arn);
    }

    /// <summary>Changes the provider of a request.</summary>
    /// <exception cref="QueryException">NoSuchEntity, ServiceFailure.</exception>
    public async ValueTask ChangeAsync(
        QueryRequest request,
        Func<OidcProviderRecord, OidcProviderRecord> change,
        Func<string, QueryException> missing,
        CancellationToken cancellationToken)
    {
        var provider = await GetAsync(request, missing, cancellationToken);
        await IamChanges.ApplyAsync(
            identities.Providers, request.AccountId, provider.Name, change, missing(provider.Arn()), "", cancellationToken);
    }

    /// <summary>The ARN in a request; of another account's provider nobody may do anything.</summary>
    /// <exception cref="QueryException">ValidationError, InvalidInput, AccessDenied.</exception>
    public static string Arn(QueryRequest request)
    {
        var arn = AnyArn(request);
        return arn.Split(':')[4] == request.AccountId
            ? arn
            : throw QueryException.AccessDenied($"User: {request.Caller.PrincipalArn} is not authorized to perform this action on resource: {arn}");
    }

    private static string AnyArn(QueryRequest request)
    {
        var arn = request.Get("OpenIDConnectProviderArn");
        return arn.Length is < MinArn or > MaxArn
            ? throw QueryException.Constraint(
                "openIDConnectProviderArn",
                arn.Length < MinArn ? $"have length greater than or equal to {MinArn}" : $"have length less than or equal to {MaxArn}")
            : !arn.StartsWith("arn:aws:iam::", StringComparison.Ordinal) ? throw QueryException.Invalid("Invalid ARN")
            : arn.Contains(Kind, StringComparison.Ordinal) ? arn
            : throw QueryException.Validation("Invalid resource type in ARN");
    }

    /// <summary>
    /// A provider's URL without its scheme: a host, perhaps a path. AWS takes no port; here one is taken with a host that the settings let have a
    /// private address at that port, since providers inside a network are seldom at 443.
    /// </summary>
    /// <exception cref="QueryException">ValidationError, InvalidInput.</exception>
    public string Url(QueryRequest request)
    {
        var text = request.Get("Url");
        if (text.Length > MaxUrl)
        {
            throw QueryException.Constraint("url", $"have length less than or equal to {MaxUrl}");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            throw QueryException.Validation("Invalid Open ID Connect Provider URL");
        }

        if (!text.StartsWith(Https, StringComparison.Ordinal))
        {
            throw QueryException.Invalid("Invalid Open ID Connect Provider URL. The URL must begin with https://.");
        }

        var name = text[Https.Length..];
        var isPlain = !name.AsSpan().ContainsAny(NotInUrls) && name.All(char.IsAscii) && Uri.CheckHostName(url.Host) != UriHostNameType.Unknown
            && name.StartsWith(url.Authority, StringComparison.OrdinalIgnoreCase) && !url.Host.Contains('_', StringComparison.Ordinal)
            && (!HasPort(name) || options.PrivateIdentityHosts.Any(host => host.IsMeant(url.Host, url.Port)));
        return isPlain ? name : throw QueryException.Invalid("Invalid Open ID Connect Provider URL.");
    }

    private static bool HasPort(string name)
    {
        var authority = name.Split('/')[0];
        return authority.LastIndexOf(':') > authority.LastIndexOf(']');
    }

    /// <exception cref="QueryException">ValidationError.</exception>
    public static string ClientId(string id) => id.Length is > 0 and <= MaxClientId
        ? id
        : throw QueryException.Constraint(
            "clientID", id.Length == 0 ? "have length greater than or equal to 1" : $"have length less than or equal to {MaxClientId}");

    /// <exception cref="QueryException">InvalidInput.</exception>
    public static IReadOnlyList<string> Thumbprints(QueryRequest request)
    {
        var thumbprints = request.Many("ThumbprintList");
        return thumbprints.Count > MaxThumbprints ? throw QueryException.Invalid($"Thumbprint list must contain fewer than {MaxThumbprints} entries.")
            : thumbprints.Any(one => one.Length != ThumbprintLength) ? throw QueryException.Invalid("Thumbprint must be exactly 40 characters.")
            : [.. thumbprints.Select(one => one.ToLower(CultureInfo.InvariantCulture))];
    }

    /// <summary>What the actions on its settings say of one that is not there.</summary>
    public static QueryException Missing(string arn) => QueryException.Missing($"OpenIDConnect Provider not found for arn {arn}");

    /// <summary>What removal and the actions on tags say.</summary>
    public static QueryException Unfound(string arn) => QueryException.Missing($"OpenId connect Provider {arn} cannot be found.");

    private async ValueTask<OidcProviderRecord?> FindAsync(QueryRequest request, string arn, CancellationToken cancellationToken) =>
        await identities.Providers.FindAsync(
            request.AccountId, arn[(arn.IndexOf(Kind, StringComparison.Ordinal) + Kind.Length)..], cancellationToken) is { } provider
        && provider.Arn() == arn
            ? provider
            : null;
}
