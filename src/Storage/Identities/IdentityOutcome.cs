namespace S3Cassandra.Storage.Identities;

/// <summary>What became of changing a record.</summary>
public enum IdentityOutcome
{
    Changed,

    /// <summary>There is no such record, or the change found nothing to do its work on.</summary>
    NotFound,

    /// <summary>There is one of that name already.</summary>
    Exists,

    /// <summary>Others kept changing it, or it may not go.</summary>
    Conflict,

    /// <summary>It may or may not have taken effect.</summary>
    Unknown,
}
