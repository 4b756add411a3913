namespace S3Cassandra.Auth.Sessions;

/// <summary>Whose rights a session has. The values are part of the token's format.</summary>
public enum SessionKind : byte
{
    /// <summary>A role's: AssumeRole and AssumeRoleWithWebIdentity.</summary>
    Role = 1,

    /// <summary>A user's own: GetSessionToken.</summary>
    User = 2,

    /// <summary>The root's own: GetSessionToken.</summary>
    Root = 3,
}
