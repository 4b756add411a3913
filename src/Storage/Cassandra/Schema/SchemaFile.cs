namespace S3Cassandra.Storage.Cassandra.Schema;

/// <summary>A file of <c>schema/</c>: the version of the schema that it belongs to, and its statements, without a keyspace.</summary>
internal sealed record SchemaFile(string Name, int Version, IReadOnlyList<string> Statements);
