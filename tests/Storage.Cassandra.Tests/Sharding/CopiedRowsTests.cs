using System.Text;
using S3Cassandra.Storage.Cassandra.Sharding;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>What a further pass of a copy finds to be copied again, and to be deleted.</summary>
public class CopiedRowsTests
{
    private static readonly Guid One = Guid.NewGuid();
    private static readonly Guid Two = Guid.NewGuid();

    private readonly CopiedRows _copied = new();

    [Fact]
    public void A_pass_tells_what_is_new_what_is_another_and_what_is_gone()
    {
        Assert.Equal(["a", "b", "c", "e"], Pass(["a", "b", "c", "e"], [], out var gone));
        Assert.Empty(gone);
        Assert.Equal(["b", "d", "f"], Pass(["b", "c", "d", "f"], ["b"], out gone));
        Assert.Equal(["a", "e"], gone);
        Assert.Empty(Pass(["b", "c", "d", "f"], ["b"], out gone));
        Assert.Empty(gone);
        Assert.Equal(["b"], Pass(["b"], [], out gone));
        Assert.Equal(["c", "d", "f"], gone);
        Assert.Equal(4, _copied.Passes);
    }

    [Fact]
    public void Parents_and_sections_and_suffixes_are_told_apart()
    {
        List<(int, ShardRow)> rows =
        [
            (0, Row("k", One)),
            (0, Row("k", One, IndexSection.Version, 1)),
            (0, Row("k", One, IndexSection.Version, 2)),
            (0, Row("a", One, IndexSection.Upload, 1)),
            (1, Row("a", One)),
        ];
        for (var missing = 0; missing < rows.Count; missing++)
        {
            var copied = new CopiedRows();
            var gone = new List<CopiedRow>();
            copied.BeginPass();
            Assert.All(rows, row => Assert.True(copied.Add(row.Item1, row.Item2, gone)));
            copied.EndPass(gone);
            Assert.Empty(gone);
            copied.BeginPass();
            Assert.All(rows.Where((_, i) => i != missing), row => Assert.False(copied.Add(row.Item1, row.Item2, gone)));
            copied.EndPass(gone);
            Assert.Equal(rows[missing].Item2.Row.Address, Assert.Single(gone).Address);
        }
    }

    [Fact]
    public void Sizes_that_come_later_are_those_of_the_rows_that_changed()
    {
        Pass(["a", "b", "c"], [], out _);
        var gone = new List<CopiedRow>();
        _copied.BeginPass();
        Assert.False(_copied.Add(0, Row("a", One), gone));
        Assert.True(_copied.Add(0, Row("b", Two), gone));
        Assert.False(_copied.Add(0, Row("c", One), gone));
        var whole = Row("b", Two);
        whole = whole with { Row = whole.Row with { Body = new byte[1000] } };
        _copied.Measure(0, [whole]);
        _copied.EndPass(gone);
        Assert.Equal([101, 1101, 101], _copied.Rows.Select(row => row.Bytes));
    }

    private static ShardRow Row(string key, Guid ver, IndexSection section = IndexSection.Head, byte suffix = 0) => new(
        Encoding.UTF8.GetBytes(key), new IndexRow(new RowAddress(section, suffix == 0 ? default : new byte[] { suffix }), ver, default, default));

    private List<string> Pass(string[] keys, string[] changed, out List<string> gone)
    {
        var lost = new List<CopiedRow>();
        _copied.BeginPass();
        var found = keys.Where(key => _copied.Add(0, Row(key, changed.Contains(key) ? Two : One), lost)).ToList();
        _copied.EndPass(lost);
        gone = [.. lost.Select(row => Encoding.UTF8.GetString(row.Key))];
        return found;
    }
}
