using S3Cassandra.Cql.Tests.FakeCassandra;

namespace S3Cassandra.Cql.Tests.Sessions;

/// <summary>Statements of the fake cluster's table <c>ks.t (id int PRIMARY KEY, v int)</c>.</summary>
internal static class TestStatements
{
    private static readonly ColumnSpec Id = FakeColumns.Of("id", CqlTypeCode.Int);
    private static readonly ColumnSpec Value = FakeColumns.Of("v", CqlTypeCode.Int);

    public static FakeStatement Select { get; } = new("SELECT v FROM ks.t WHERE id = ?", [Id], [0], [Value]);

    public static FakeStatement Insert { get; } = new("INSERT INTO ks.t (id, v) VALUES (?, ?)", [Id, Value], [0], []);

    public static FakeStatement Update { get; } = new("UPDATE ks.t SET v = ? WHERE id = ? IF v = ?", [Value, Id, Value], [1], []);
}
