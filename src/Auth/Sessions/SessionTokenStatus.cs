namespace S3Cassandra.Auth.Sessions;

/// <summary>What became of opening a session token.</summary>
public enum SessionTokenStatus
{
    /// <summary>It is one of ours and its time is not over.</summary>
    Valid,

    /// <summary>It is no token, was changed, or belongs to another access key.</summary>
    Invalid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It names a key that is not among those at hand.</summary>
    UnknownKey,
}
