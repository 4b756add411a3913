namespace S3Cassandra.Auth.WebIdentities;

/// <summary>Why a web identity token is refused; <see cref="None"/> when it is not.</summary>
public enum JwtFailure
{
    None,

    /// <summary>It is no signed JWT, or breaks a limit.</summary>
    Malformed,

    /// <summary>Its algorithm is none that is accepted, or not its key's.</summary>
    Algorithm,

    /// <summary>The provider has no key of that name.</summary>
    UnknownKey,

    /// <summary>The signature does not hold.</summary>
    Signature,

    /// <summary>A claim that has to be there is not.</summary>
    MissingClaim,

    /// <summary>It is another issuer's.</summary>
    Issuer,

    /// <summary>It is meant for somebody else.</summary>
    Audience,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYetValid,
}
