namespace S3Cassandra.Auth.AccessControl;

/// <summary>What is wrong with a list of grantees.</summary>
public enum GrantFault
{
    /// <summary>It is not of the form <c>id="…", uri="…"</c>.</summary>
    Malformed,

    /// <summary>A URI that is no group's.</summary>
    UnknownGroup,

    /// <summary>A grantee by e-mail address, which S3 does not take any more.</summary>
    EmailAddress,

    /// <summary>More than <see cref="AccessControlList.MaxGrants"/>.</summary>
    TooMany,
}
