namespace S3Cassandra.Auth.AccessControl;

/// <summary>Whom a grant is for: an account by its canonical id, or a group, whose <see cref="CanonicalId"/> is empty.</summary>
public readonly record struct Grantee(GranteeKind Kind, string CanonicalId)
{
    private const string AllUsersUri = "http://acs.amazonaws.com/groups/global/AllUsers";
    private const string AuthenticatedUsersUri = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    private const string LogDeliveryUri = "http://acs.amazonaws.com/groups/s3/LogDelivery";

    /// <summary>Whether it is a group that anybody can be in: what AWS calls public.</summary>
    public bool IsPublic => Kind is GranteeKind.AllUsers or GranteeKind.AuthenticatedUsers;

    /// <summary>A group's URI; null for an account.</summary>
    public string? Uri => Kind switch
    {
        GranteeKind.AllUsers => AllUsersUri,
        GranteeKind.AuthenticatedUsers => AuthenticatedUsersUri,
        GranteeKind.LogDelivery => LogDeliveryUri,
        _ => null,
    };

    /// <summary>An account.</summary>
    public static Grantee Account(string canonicalId) => new(GranteeKind.CanonicalUser, canonicalId);

    /// <summary>A group.</summary>
    public static Grantee Group(GranteeKind kind) => new(kind, "");

    /// <summary>The group of a URI; null where it names none.</summary>
    public static Grantee? OfUri(string uri) => uri switch
    {
        AllUsersUri => Group(GranteeKind.AllUsers),
        AuthenticatedUsersUri => Group(GranteeKind.AuthenticatedUsers),
        LogDeliveryUri => Group(GranteeKind.LogDelivery),
        _ => null,
    };
}
