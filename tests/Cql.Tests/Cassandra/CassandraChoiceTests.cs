using System.Net;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;
using Xunit.Sdk;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>Which Cassandra the tests take, and what its absence means.</summary>
public class CassandraChoiceTests
{
    private const string Repository = "/src/repository";
    private const string Beside = "/src/shared/cassandra";

    [Theory]
    [InlineData("db.example:9142", "/opt/cassandra", true, CassandraSource.ContactPoints)]
    [InlineData("db.example:9142", null, false, CassandraSource.ContactPoints)]
    [InlineData(null, "/opt/cassandra", false, CassandraSource.Home)]
    [InlineData(null, null, true, CassandraSource.Home)]
    [InlineData(" ", "", true, CassandraSource.Home)]
    [InlineData(null, null, false, CassandraSource.Docker)]
    [InlineData("", " ", false, CassandraSource.Docker)]
    public void A_cluster_that_is_named_comes_before_a_folder_and_that_before_Docker(string? points, string? home, bool isBeside, CassandraSource expected)
    {
        var choice = Choose(points, home, path => path.StartsWith("/opt", StringComparison.Ordinal) || isBeside);
        Assert.Equal(expected, choice.Source);
        Assert.Equal(expected == CassandraSource.ContactPoints ? points : null, choice.ContactPoints);
    }

    [Fact]
    public void A_folder_that_is_named_comes_before_the_one_beside_the_repository()
    {
        Assert.Equal("/opt/cassandra", Choose(null, "/opt/cassandra", _ => true).Home);
        Assert.Equal(Beside, Choose(null, null, path => path == $"{Beside}/bin/node").Home);
    }

    [Fact]
    public void Nodes_of_the_tests_own_can_be_started_beside_a_cluster_that_is_named() =>
        Assert.Equal(Beside, Choose("db.example", null, _ => true).Home);

    [Fact]
    public void A_named_folder_without_the_script_is_a_mistake_and_not_passed_over()
    {
        var mistake = Assert.Throws<InvalidOperationException>(() => Choose(null, "/opt/cassandra", path => path.StartsWith(Beside, StringComparison.Ordinal)));
        Assert.Contains("/opt/cassandra", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_skips_a_test_and_fails_it_in_continuous_integration()
    {
        Prerequisite.Require(present: true, "nothing", isContinuousIntegration: true);
        Assert.IsType<SkipException>(Missing(isContinuousIntegration: false));
        var failed = Assert.IsType<FailException>(Missing(isContinuousIntegration: true));
        Assert.Contains("no Cassandra", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData(null, false)]
    public void Continuous_integration_is_CI_true(string? value, bool expected) => Assert.Equal(expected, Prerequisite.IsTrue(value));

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:9042")]
    [InlineData("127.0.0.1:9142, 127.0.0.2", "127.0.0.1:9142 127.0.0.2:9042")]
    [InlineData("[::1]:9142", "[::1]:9142")]
    [InlineData("::1", "[::1]:9042")]
    public async Task Contact_points_are_addresses_with_or_without_a_port(string text, string expected) =>
        Assert.Equal(expected.Split(' ').Select(IPEndPoint.Parse), await ContactPointList.ResolveAsync(text));

    [Fact]
    public async Task Contact_points_may_be_names() =>
        Assert.Contains(new IPEndPoint(IPAddress.Loopback, 9142), await ContactPointList.ResolveAsync("localhost:9142"));

    /// <summary>Caught here: xunit's own asserts let what skips a test through.</summary>
    private static Exception? Missing(bool isContinuousIntegration)
    {
        try
        {
            Prerequisite.Require(present: false, "no Cassandra", isContinuousIntegration);
            return null;
        }
        catch (Exception exception) when (exception is SkipException or FailException)
        {
            return exception;
        }
    }

    private static CassandraChoice Choose(string? points, string? home, Func<string, bool> exists) => CassandraChoice.From(
        name => name == CassandraChoice.ContactPointsVariable ? points : name == CassandraChoice.HomeVariable ? home : null, Repository, exists);
}
