using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Sessions;

/// <summary>How a statement ended: with an answer, or with a failure after everything that the rules allow.</summary>
/// <param name="Node">The node that was asked last.</param>
internal readonly record struct Execution(RowSet? Rows, bool IsSchemaChange, CqlException? Failure, Node? Node);
