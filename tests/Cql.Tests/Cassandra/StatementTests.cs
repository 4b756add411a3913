using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Cassandra;

[Collection(CassandraCollection.Name)]
public class StatementTests(KeyspaceFixture keyspace) : IClassFixture<KeyspaceFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task Pages_hold_every_row_once_in_order(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        Assert.Equal(version, session.ProtocolVersion);
        var table = $"pages{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int, n int, PRIMARY KEY (k, n))", Token);
        var insert = await session.PrepareAsync($"INSERT INTO {table} (k, n) VALUES (1, ?)", Token);
        await Task.WhenAll(Enumerable.Range(0, 250).Select(n => session.RunAsync(insert.Bind().Int(n), Token)));

        var select = await session.PrepareAsync($"SELECT n FROM {table} WHERE k = ?", Token);
        using var bound = select.Bind().Int(1);
        bound.PageSize = 100;
        var sizes = new List<int>();
        var seen = new List<int>();
        await foreach (var page in session.QueryPagesAsync(bound, Token))
        {
            sizes.Add(page.Count);
            while (page.Read())
            {
                seen.Add(page.GetInt(0));
            }
        }

        Assert.Equal([100, 100, 50], sizes);
        Assert.Equal(Enumerable.Range(0, 250), seen);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4, BatchType.Logged)]
    [InlineData(ProtocolVersion.V4, BatchType.Unlogged)]
    [InlineData(ProtocolVersion.V5, BatchType.Logged)]
    [InlineData(ProtocolVersion.V5, BatchType.Unlogged)]
    public async Task A_batch_writes_all_of_its_statements(ProtocolVersion version, BatchType type)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"batch{(int)version}{type}";
        await session.RunAsync($"CREATE TABLE {table} (k int, n int, v blob, PRIMARY KEY (k, n))", Token);
        var insert = await session.PrepareAsync($"INSERT INTO {table} (k, n, v) VALUES (?, ?, ?)", Token);
        using var batch = new BatchStatement(type);
        for (var n = 0; n < 20; n++)
        {
            batch.Add(insert.Bind().Int(n % 2).Int(n).Blob(new byte[n * 1024]));
        }

        batch.Add(new SimpleStatement($"DELETE FROM {table} WHERE k = 9 AND n = 9"));
        using (await session.ExecuteAsync(batch, Token))
        {
        }

        Assert.Equal(20, await session.CountAsync($"SELECT count(*) FROM {table}", Token));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_condition_applies_or_says_what_it_met(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"cond{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int PRIMARY KEY, v int, w text)", Token);
        var insert = await session.PrepareAsync($"INSERT INTO {table} (k, v, w) VALUES (?, ?, 'w') IF NOT EXISTS", Token);
        var update = await session.PrepareAsync($"UPDATE {table} SET v = ? WHERE k = ? IF v = ?", Token);
        Assert.True(insert.IsConditional);
        Assert.Equal(Outcome.Applied, await session.TryAsync(insert.Bind().Int(1).Int(10), Token));
        using (var second = insert.Bind().Int(1).Int(11))
        {
            using var refused = await session.ExecuteConditionalAsync(second, Token);
            Assert.Equal(Outcome.NotApplied, refused.Outcome);
            Assert.True(refused.Rows!.Read());
            Assert.Equal(10, refused.Rows.GetInt(refused.Rows.IndexOf("v")));
            Assert.Equal("w", refused.Rows.GetText(refused.Rows.IndexOf("w")));
        }

        Assert.Equal(Outcome.Applied, await session.TryAsync(update.Bind().Int(20).Int(1).Int(10), Token));
        using (var stale = update.Bind().Int(30).Int(1).Int(10))
        {
            using var refused = await session.ExecuteConditionalAsync(stale, Token);
            Assert.Equal(Outcome.NotApplied, refused.Outcome);
            Assert.True(refused.Rows!.Read());
            Assert.Equal(20, refused.Rows.GetInt(refused.Rows.IndexOf("v")));
        }

        using var missing = update.Bind().Int(30).Int(404).Int(10);
        using var none = await session.ExecuteConditionalAsync(missing, Token);
        Assert.Equal(Outcome.NotApplied, none.Outcome);
        Assert.Equal(-1, none.Rows!.TryIndexOf("v"));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_conditional_batch_applies_whole_or_not_at_all(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"condbatch{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int, n int, state int static, v int, PRIMARY KEY (k, n))", Token);
        await session.RunAsync($"INSERT INTO {table} (k, state) VALUES (1, 1) IF NOT EXISTS", Token);
        var fence = await session.PrepareAsync($"UPDATE {table} SET state = ? WHERE k = ? IF state = ?", Token);
        var row = await session.PrepareAsync($"INSERT INTO {table} (k, n, v) VALUES (?, ?, ?) IF NOT EXISTS", Token);
        var plain = await session.PrepareAsync($"INSERT INTO {table} (k, n, v) VALUES (?, ?, ?)", Token);

        using var good = new BatchStatement(BatchType.Unlogged);
        good.Add(fence.Bind().Int(2).Int(1).Int(1)).Add(row.Bind().Int(1).Int(7).Int(70)).Add(plain.Bind().Int(1).Int(8).Int(80));
        Assert.True(good.IsConditional);
        using (var applied = await session.ExecuteConditionalAsync(good, Token))
        {
            Assert.Equal(Outcome.Applied, applied.Outcome);
        }

        using var bad = new BatchStatement(BatchType.Logged);
        bad.Add(fence.Bind().Int(3).Int(1).Int(2)).Add(row.Bind().Int(1).Int(7).Int(71)).Add(plain.Bind().Int(1).Int(9).Int(90));
        using (var refused = await session.ExecuteConditionalAsync(bad, Token))
        {
            Assert.Equal(Outcome.NotApplied, refused.Outcome);
            Assert.True(refused.Rows!.Read());
            Assert.Equal(2, refused.Rows.GetInt(refused.Rows.IndexOf("state")));
        }

        Assert.Equal(2, await session.CountAsync($"SELECT count(*) FROM {table} WHERE k = 1", Token));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_serial_read_sees_what_a_condition_wrote(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"serial{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int PRIMARY KEY, v int)", Token);
        var insert = await session.PrepareAsync($"INSERT INTO {table} (k, v) VALUES (?, ?) IF NOT EXISTS", Token);
        Assert.Equal(Outcome.Applied, await session.TryAsync(insert.Bind().Int(1).Int(5), Token));
        var select = await session.PrepareAsync($"SELECT v FROM {table} WHERE k = ?", Token);
        using var bound = select.Bind().Int(1);
        bound.Consistency = Consistency.LocalSerial;
        using var rows = await session.ExecuteAsync(bound, Token);
        Assert.True(rows.Read());
        Assert.Equal(5, rows.GetInt(0));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_table_that_was_dropped_and_made_anew_is_prepared_anew(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"again{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int PRIMARY KEY, v int)", Token);
        var insert = await session.PrepareAsync($"INSERT INTO {table} (k, v) VALUES (?, ?)", Token);
        await session.RunAsync(insert.Bind().Int(1).Int(1), Token);
        await session.RunAsync($"DROP TABLE {table}", Token);
        await Assert.ThrowsAsync<CqlServerException>(() => session.RunAsync(insert.Bind().Int(1).Int(1), Token));
        await session.RunAsync($"CREATE TABLE {table} (k int PRIMARY KEY, v int)", Token);
        await session.RunAsync(insert.Bind().Int(2).Int(2), Token);
        Assert.Equal(1, await session.CountAsync($"SELECT count(*) FROM {table}", Token));
    }

    [Theory]
    [InlineData(ProtocolVersion.V4)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_column_added_later_is_read_by_a_statement_prepared_before(ProtocolVersion version)
    {
        var session = await keyspace.SessionAsync(version, Token);
        var table = $"wider{(int)version}";
        await session.RunAsync($"CREATE TABLE {table} (k int PRIMARY KEY, z int)", Token);
        await session.RunAsync($"INSERT INTO {table} (k, z) VALUES (1, 26)", Token);
        var select = await session.PrepareAsync($"SELECT * FROM {table}", Token);
        using (var rows = await session.ExecuteAsync(select.Bind(), Token))
        {
            Assert.Equal(["k", "z"], rows.Columns.Select(column => column.Name));
        }

        await session.RunAsync($"ALTER TABLE {table} ADD a text", Token);
        await session.RunAsync($"UPDATE {table} SET a = 'first' WHERE k = 1", Token);
        using var wider = await session.ExecuteAsync(select.Bind(), Token);
        Assert.True(wider.Read());
        Assert.Equal(("first", 26), (wider.GetText(wider.IndexOf("a")), wider.GetInt(wider.IndexOf("z"))));
    }
}
