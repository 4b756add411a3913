using System.Text.Json;
using S3Cassandra.Support;
using S3Cassandra.Support.Cassandra;

namespace S3Cassandra.S3Server.Tests.Deploy;

/// <summary>Cassandra in containers has the settings that the tests run with.</summary>
public class CassandraSettingsTests
{
    private const string Deployed = "deploy/cassandra/cassandra.yaml";

    /// <summary>What is of a place, and what the tests' nodes ask for by argument.</summary>
    private static readonly string[] OfThePlace =
    [
        "cluster_name", "authenticator", "authorizer", "data_file_directories", "commitlog_directory", "saved_caches_directory", "hints_directory",
        "cdc_raw_directory", "listen_address", "rpc_address", "native_transport_port", "seed_provider", "client_encryption_options",
    ];

    /// <summary>Performance on machines that do nothing else; the tests' nodes share theirs.</summary>
    private static readonly string[] More = ["key_cache_size", "row_cache_size", "trickle_fsync"];

    [Fact]
    public async Task Containers_have_the_settings_of_the_tests()
    {
        CassandraHome.Require("the comparison with the tests' settings");
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(Path.Combine(CassandraHome.Folder!, "conf", "cassandra.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["tests.yaml"], text.Replace('@', '_'), TestContext.Current.CancellationToken);
        var tests = Settings(await YamlFile.ReadAsync(folder["tests.yaml"]));
        var deployed = Settings(await YamlFile.ReadAsync(Deployed));
        Assert.All(
            tests.Keys.Except(OfThePlace),
            name => Assert.Equal($"{name}: {tests[name]}", $"{name}: {deployed.GetValueOrDefault(name, "missing")}"));
        Assert.Equal([.. More.Order(StringComparer.Ordinal)], deployed.Keys.Except(tests.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_image_finds_the_lines_that_its_start_writes()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(RepositoryFolder.Root, Deployed), TestContext.Current.CancellationToken);
        Assert.All(
            ["cluster_name:", "listen_address:", "# broadcast_address:", "rpc_address:", "# broadcast_rpc_address:", "      - seeds:"],
            start => Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Kubernetes_has_the_very_file()
    {
        var map = Assert.Single(await YamlFile.ReadAsync("deploy/kubernetes/10-cassandra-config.yaml"));
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, Deployed), TestContext.Current.CancellationToken),
            map.GetProperty("data").GetProperty("cassandra.yaml").GetString());
    }

    private static Dictionary<string, string> Settings(IReadOnlyList<JsonElement> documents) =>
        Assert.Single(documents).EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetRawText());
}
