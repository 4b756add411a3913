using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Cluster;

/// <summary>A decoded answer: rows (none, for what returns none), or an error.</summary>
/// <param name="UnpreparedId">The id of a statement that the node does not know: nothing was executed.</param>
internal readonly record struct Answer(RowSet? Rows, bool IsSchemaChange, CqlServerException? Error, byte[]? UnpreparedId);
