namespace S3Cassandra.Storage.Identities;

/// <summary>What became of changing an identity.</summary>
public enum IdentityOutcome
{
    Changed,

    /// <summary>There is no such user, or the change found nothing to do its work on.</summary>
    NotFound,

    /// <summary>There is one of that name already.</summary>
    Exists,

    /// <summary>Others kept changing it.</summary>
    Conflict,

    /// <summary>It may or may not have taken effect.</summary>
    Unknown,
}
