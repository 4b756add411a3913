namespace S3Cassandra.Cql;

/// <summary>One column of a result or one marker of a prepared statement.</summary>
public sealed record ColumnSpec(string Keyspace, string Table, string Name, CqlType Type);
