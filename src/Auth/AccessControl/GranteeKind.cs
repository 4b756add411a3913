namespace S3Cassandra.Auth.AccessControl;

/// <summary>Whom a grant is for. Stored: never renumber.</summary>
public enum GranteeKind
{
    /// <summary>An account, by its canonical id.</summary>
    CanonicalUser = 0,

    /// <summary>Everybody, also without a credential.</summary>
    AllUsers = 1,

    /// <summary>Every principal of every account.</summary>
    AuthenticatedUsers = 2,

    /// <summary>S3's delivery of access logs. Nobody here is it.</summary>
    LogDelivery = 3,
}
