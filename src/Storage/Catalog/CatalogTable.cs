namespace S3Cassandra.Storage.Catalog;

/// <summary>The kinds of small records that the catalog holds; each is a key space of its own.</summary>
public enum CatalogTable
{
    /// <summary>Buckets by name.</summary>
    Bucket = 1,

    /// <summary>Access keys by access key id.</summary>
    AccessKey = 2,

    /// <summary>Accounts by 12-digit account id.</summary>
    Account = 3,

    /// <summary>The store's own facts (format, ids made at first start), by name.</summary>
    Setting = 4,

    /// <summary>Leases by name.</summary>
    Lease = 5,

    /// <summary>Users by account id and name.</summary>
    User = 6,

    /// <summary>Groups of users by account id and name.</summary>
    Group = 7,

    /// <summary>Managed policies by account id and name.</summary>
    ManagedPolicy = 8,

    /// <summary>Roles by account id and name.</summary>
    Role = 9,

    /// <summary>OpenID Connect providers by account id and URL.</summary>
    OidcProvider = 10,

    /// <summary>Account ids by canonical id.</summary>
    CanonicalId = 11,

    /// <summary>When access keys were last used, by access key id.</summary>
    KeyUse = 12,
}
