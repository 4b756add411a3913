using S3Cassandra.Storage.Cassandra.Schema;
using S3Cassandra.Storage.Cassandra.Settings;

namespace S3Cassandra.Storage.Cassandra.Tests.Schema;

/// <summary>What of a node's settings is complained of, and what ends a start.</summary>
public class NodeChecksTests
{
    [Theory]
    [InlineData("commitlog_sync", "batch")]
    [InlineData("commitlog_sync", "group")]
    [InlineData("paxos_variant", "v2")]
    [InlineData("native_transport_max_frame_size", "16MiB")]
    [InlineData("native_transport_max_frame_size_in_mb", "16")]
    [InlineData("minimum_timestamp_fail_threshold", "null")]
    [InlineData("minimum_timestamp_fail_threshold", "")]
    [InlineData("page_size_fail_threshold", "-1")]
    [InlineData("partition_keys_in_select_fail_threshold", "20")]
    [InlineData("column_value_size_fail_threshold", "1MiB")]
    [InlineData("write_consistency_levels_disallowed", "[ANY, ONE]")]
    [InlineData("read_consistency_levels_disallowed", "[]")]
    public void What_goes_with_the_store_is_no_finding(string name, string value) => Assert.Empty(Judge(name, value));

    [Theory]
    [InlineData("native_transport_max_frame_size", "512KiB")]
    [InlineData("native_transport_max_frame_size_in_mb", "0")]
    [InlineData("max_mutation_size", "600000")]
    [InlineData("column_value_size_fail_threshold", "256KiB")]
    [InlineData("minimum_timestamp_fail_threshold", "1d")]
    [InlineData("page_size_fail_threshold", "500")]
    [InlineData("in_select_cartesian_product_fail_threshold", "25")]
    [InlineData("partition_keys_in_select_fail_threshold", "19")]
    [InlineData("write_consistency_levels_disallowed", "[ANY, LOCAL_QUORUM]")]
    [InlineData("read_consistency_levels_disallowed", "[LOCAL_ONE]")]
    public void What_would_fail_ends_the_start(string name, string value)
    {
        var finding = Assert.Single(Judge(name, value));
        Assert.True(finding.IsFatal);
        Assert.Contains(name, finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Paxos_v1_is_complained_of() => Assert.False(Assert.Single(Judge("paxos_variant", "v1")).IsFatal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_periodic_commit_log_is_complained_of_with_its_window_or_refused(bool isRequired)
    {
        var checks = new NodeChecks(new CassandraStoreOptions { ContactPoints = [], RequireSyncedCommitLog = isRequired });
        var settings = new Dictionary<string, string> { ["commitlog_sync"] = "periodic", ["commitlog_sync_period"] = "7s" };
        var finding = Assert.Single(checks.Judge(settings));
        Assert.Equal(isRequired, finding.IsFatal);
        Assert.Contains("last 7s", finding.Text, StringComparison.Ordinal);
    }

    private static List<NodeFinding> Judge(string name, string value) =>
        [.. new NodeChecks(new CassandraStoreOptions { ContactPoints = [] }).Judge(new Dictionary<string, string> { [name] = value })];
}
