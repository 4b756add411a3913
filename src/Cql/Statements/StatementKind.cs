namespace S3Cassandra.Cql.Statements;

/// <summary>What a statement's first word says that it does.</summary>
internal enum StatementKind
{
    /// <summary>Changes of the schema, of roles, USE, TRUNCATE, and whatever is not known.</summary>
    Other,

    /// <summary>SELECT: may always be repeated.</summary>
    Read,

    /// <summary>INSERT, UPDATE, DELETE, BATCH.</summary>
    Write,
}
