using System.Buffers;
using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.Auth.Policies.Principals;

/// <summary>One principal that a policy names: the kind, and the account id, canonical id, ARN, service or provider.</summary>
public readonly record struct PrincipalEntry(PrincipalKind Kind, string Value)
{
    private const string IamPrefix = "arn:aws:iam::";
    private const string StsPrefix = "arn:aws:sts::";
    private const int AccountLength = 12;

    private static readonly SearchValues<char> SessionNameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-");


    /// <summary>The principal that a policy writes as <c>"type": "value"</c>; null where that names none.</summary>
    public static PrincipalEntry? Parse(string type, string value) => type switch
    {
        "AWS" when value == "*" => new PrincipalEntry(PrincipalKind.Everyone, value),
        "AWS" when Account.IsAccountId(value) => new PrincipalEntry(PrincipalKind.Account, value),
        "AWS" => ParseArn(value),
        "CanonicalUser" when Account.IsCanonicalId(value) => new PrincipalEntry(PrincipalKind.CanonicalUser, value),
        "Service" when IsName(value) => new PrincipalEntry(PrincipalKind.Service, value),
        "Federated" when IsName(value) => new PrincipalEntry(PrincipalKind.Federated, value),
        _ => null,
    };

    /// <summary>How <paramref name="identity"/> is meant by this principal.</summary>
    internal PrincipalMatch Match(Identity identity)
    {
        switch (Kind)
        {
            case PrincipalKind.Everyone:
                return PrincipalMatch.Direct;
            case PrincipalKind.Account:
                return OfAccount(identity, identity.AccountId);
            case PrincipalKind.CanonicalUser:
                return OfAccount(identity, identity.CanonicalId);
            case PrincipalKind.Arn:
                return Value == identity.PrincipalArn || Value == identity.IssuerArn ? PrincipalMatch.Direct : PrincipalMatch.None;
            default:
                return PrincipalMatch.None;
        }
    }

    private PrincipalMatch OfAccount(Identity identity, string account) =>
        identity.IsAnonymous || Value != account ? PrincipalMatch.None : identity.IsRoot ? PrincipalMatch.Direct : PrincipalMatch.Account;

    private static PrincipalEntry? ParseArn(string arn)
    {
        var isIam = arn.StartsWith(IamPrefix, StringComparison.Ordinal);
        if ((!isIam && !arn.StartsWith(StsPrefix, StringComparison.Ordinal)) || arn.AsSpan().ContainsAny("*?$"))
        {
            return null;
        }

        var rest = arn.AsSpan(IamPrefix.Length);
        if (rest.Length < AccountLength + 2 || rest[AccountLength] != ':' || !Account.IsAccountId(rest[..AccountLength].ToString()))
        {
            return null;
        }

        var account = rest[..AccountLength].ToString();
        var resource = rest[(AccountLength + 1)..];
        if (isIam && resource is "root")
        {
            return new PrincipalEntry(PrincipalKind.Account, account);
        }

        var slash = resource.IndexOf('/');
        var isKnown = slash > 0 && slash < resource.Length - 1
            && (isIam ? resource[..slash] is "user" or "role" : resource[..slash] is "assumed-role" or "federated-user")
            && (isIam || IsSessionName(resource[(resource.LastIndexOf('/') + 1)..]));
        return isKnown ? new PrincipalEntry(PrincipalKind.Arn, arn) : null;
    }

    /// <summary>A RoleSessionName, or a federated user's name (AWS STS, AssumeRole and GetFederationToken).</summary>
    private static bool IsSessionName(ReadOnlySpan<char> name) => name.Length is >= 2 and <= 64 && !name.ContainsAnyExcept(SessionNameCharacters);

    private static bool IsName(string value) => value.Length is > 0 and <= 2048 && !value.AsSpan().ContainsAny("*?$");
}
