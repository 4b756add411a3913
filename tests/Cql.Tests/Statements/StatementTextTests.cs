using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Statements;

public class StatementTextTests
{
    [Theory]
    [InlineData("INSERT INTO t (a) VALUES (1) IF NOT EXISTS")]
    [InlineData("update t set a = 1 where k = 2 if a = 3")]
    [InlineData("DELETE FROM t WHERE k = 1 IF EXISTS")]
    [InlineData("BEGIN UNLOGGED BATCH INSERT INTO t (a) VALUES (1); UPDATE t SET a=1 WHERE k=2 IF a=1; APPLY BATCH")]
    [InlineData("-- a comment\nINSERT INTO t (a) VALUES ('it''s') /* if */ IF\nNOT EXISTS")]
    [InlineData("UPDATE \"if\" SET a=1 WHERE k=2 IF(a)=1")]
    [InlineData("UPDATE t SET a=$$it's$$ WHERE k=2 IF a=1")]
    public void A_write_with_a_condition_is_found(string cql) => Assert.True(StatementText.Of(cql).IsConditional);

    [Theory]
    [InlineData("INSERT INTO t (a) VALUES (' IF NOT EXISTS ')")]
    [InlineData("INSERT INTO t (a) VALUES ('it''s if ')")]
    [InlineData("INSERT INTO t (\"IF\", b_if, ifx) VALUES (1, 2, 3)")]
    [InlineData("INSERT INTO t (a) VALUES ($$ if ' $$)")]
    [InlineData("DELETE FROM t WHERE k = 1 -- IF EXISTS")]
    [InlineData("DELETE FROM t WHERE k = 1 // IF EXISTS")]
    [InlineData("DELETE /* IF EXISTS */ FROM t WHERE k = 1")]
    [InlineData("CREATE TABLE IF NOT EXISTS t (a int PRIMARY KEY)")]
    [InlineData("DROP KEYSPACE IF EXISTS k")]
    [InlineData("SELECT a FROM t")]
    [InlineData("INSERT INTO t (a) VALUES ('not ended IF")]
    [InlineData("")]
    public void Anything_else_is_not_conditional(string cql) => Assert.False(StatementText.Of(cql).IsConditional);

    [Theory]
    [InlineData("SELECT a FROM t", StatementKind.Read)]
    [InlineData(" /* x */ select a from t", StatementKind.Read)]
    [InlineData("Insert into t (a) values (1)", StatementKind.Write)]
    [InlineData("begin batch apply batch", StatementKind.Write)]
    [InlineData("TRUNCATE t", StatementKind.Other)]
    [InlineData("CREATE TABLE t (a int PRIMARY KEY)", StatementKind.Other)]
    [InlineData("", StatementKind.Other)]
    internal void The_first_word_says_what_it_does(string cql, StatementKind kind) => Assert.Equal(kind, StatementText.Of(cql).Kind);

    [Theory]
    [InlineData("SELECT * FROM t", true)]
    [InlineData("SELECT a, b FROM t WHERE c = 2", false)]
    [InlineData("SELECT \"*\" FROM t", false)]
    public void A_star_is_found(string cql, bool all) => Assert.Equal(all, StatementText.Of(cql).SelectsAll);
}
