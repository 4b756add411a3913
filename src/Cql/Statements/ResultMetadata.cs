namespace S3Cassandra.Cql.Statements;

/// <summary>The columns of a prepared statement's rows and, from v5 on, the id by which the node knows whether they are still right.</summary>
internal sealed record ResultMetadata(ReadOnlyMemory<byte> Id, ColumnSpec[] Columns);
