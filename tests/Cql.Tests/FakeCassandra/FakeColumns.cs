namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>Columns of the fake cluster's one table.</summary>
internal static class FakeColumns
{
    public const string Keyspace = "ks";
    public const string Table = "t";

    public static ColumnSpec Of(string name, CqlTypeCode type) => new(Keyspace, Table, name, CqlType.Scalar(type));

    public static ColumnSpec Of(string name, CqlType type) => new(Keyspace, Table, name, type);
}
