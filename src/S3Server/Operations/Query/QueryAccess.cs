namespace S3Cassandra.S3Server.Operations.Query;

/// <summary>Who may ask for an action.</summary>
internal enum QueryAccess
{
    /// <summary>Whom policies allow it.</summary>
    ByPolicy,

    /// <summary>Whoever signs: the action tells only of the caller, or decides itself.</summary>
    AnyCaller,

    /// <summary>Anybody, also unsigned: the action proves who asks itself.</summary>
    Anyone,
}
