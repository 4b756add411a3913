using System.Collections;
using System.Text.Json;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Deploy;

/// <summary>What can be known of the containers without running any.</summary>
public class ContainerTests
{
    private static readonly string Kubernetes = Path.Combine("deploy", "kubernetes");

    [Fact]
    public async Task The_compose_file_is_one()
    {
        const string Compose = "/usr/bin/docker-compose";
        Prerequisite.Program(Compose, "docker-compose");
        await new Command(Compose, "config", "--quiet") { Folder = RepositoryFolder.Root }.SucceedAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Services_of_the_compose_file_have_settings_that_the_server_takes()
    {
        var services = Assert.Single(await YamlFile.ReadAsync("docker-compose.yml")).GetProperty("services");
        Assert.Equal(["cassandra", "schema", "server"], services.EnumerateObject().Select(service => service.Name));
        var server = services.GetProperty("server");
        var options = Bind(Variables(server.GetProperty("environment")), [.. Texts(server.GetProperty("command")).Skip(1)]);
        Assert.True(options.HasSampleRootKey);
        Assert.NotNull(options.Cassandra);
        var schema = Bind(Variables(services.GetProperty("schema").GetProperty("environment")));
        Assert.Equal("dc1=1", schema.Cassandra!.Replication!.ToString());
        Assert.Equal("no", services.GetProperty("schema").GetProperty("restart").GetString());
    }

    [Fact]
    public async Task Kubernetes_has_settings_that_the_server_takes_and_a_secret_that_it_refuses()
    {
        var documents = await KubernetesAsync();
        var settings = Variables(One(documents, "ConfigMap", "s3cassandra").GetProperty("data"));
        var options = Bind(settings);
        Assert.Equal("dc1=3", options.Cassandra!.Replication!.ToString());
        foreach (DictionaryEntry secret in Variables(One(documents, "Secret", "s3cassandra").GetProperty("stringData")))
        {
            settings.Add(secret.Key, secret.Value);
        }

        Assert.Contains("well-known", Assert.Throws<ConfigurationException>(() => Bind(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubernetes_runs_four_nodes_a_job_that_is_not_restarted_and_servers_behind_a_load_balancer()
    {
        var documents = await KubernetesAsync();
        var nodes = One(documents, "StatefulSet", "cassandra").GetProperty("spec");
        Assert.Equal(4, nodes.GetProperty("replicas").GetInt32());
        Assert.Equal("None", One(documents, "Service", nodes.GetProperty("serviceName").GetString()!).GetProperty("spec").GetProperty("clusterIP").GetString());
        var job = One(documents, "Job", "schema").GetProperty("spec");
        Assert.Equal(0, job.GetProperty("backoffLimit").GetInt32());
        Assert.Equal("Never", Pod(job).GetProperty("restartPolicy").GetString());
        var external = One(documents, "Service", "s3cassandra-external").GetProperty("spec");
        Assert.Equal("LoadBalancer", external.GetProperty("type").GetString());
        Assert.Equal(8080, external.GetProperty("ports")[0].GetProperty("port").GetInt32());

        // Variables such as S3CASSANDRA_PORT, which Kubernetes makes of a Service's name, are no settings.
        Assert.All(
            [job, One(documents, "Deployment", "s3cassandra").GetProperty("spec")],
            spec => Assert.False(Pod(spec).GetProperty("enableServiceLinks").GetBoolean()));
        Assert.All(documents.Where(document => Kind(document) != "Namespace"), document => Assert.Equal("s3", Metadata(document, "namespace")));
    }

    [Fact]
    public async Task The_image_is_built_of_files_that_are_there()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(RepositoryFolder.Root, "Dockerfile"), TestContext.Current.CancellationToken);
        var sources = lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(RepositoryFolder.Root, source)), source));
        Assert.Contains(lines, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
        Assert.Contains("USER $APP_UID", lines);
    }

    private static async Task<List<JsonElement>> KubernetesAsync()
    {
        var documents = new List<JsonElement>();
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryFolder.Root, Kubernetes), "*.yaml").Order(StringComparer.Ordinal))
        {
            documents.AddRange(await YamlFile.ReadAsync(file));
        }

        return documents;
    }

    private static JsonElement One(List<JsonElement> documents, string kind, string name) =>
        Assert.Single(documents, document => Kind(document) == kind && Metadata(document, "name") == name);

    private static string? Kind(JsonElement document) => document.GetProperty("kind").GetString();

    private static string? Metadata(JsonElement document, string name) => document.GetProperty("metadata").GetProperty(name).GetString();

    private static JsonElement Pod(JsonElement spec) => spec.GetProperty("template").GetProperty("spec");

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);

    /// <summary>As Compose would set them where the environment has none of its own: of ${NAME:-value}, the value.</summary>
    private static Hashtable Variables(JsonElement map)
    {
        var variables = new Hashtable();
        foreach (var variable in map.EnumerateObject())
        {
            var text = variable.Value.GetString()!;
            variables[variable.Name] = text.StartsWith("${", StringComparison.Ordinal) ? text[(text.IndexOf(":-", StringComparison.Ordinal) + 2)..^1] : text;
        }

        return variables;
    }

    private static ServerOptions Bind(Hashtable environment, params string[] flags) => ServerOptionsBinder.Bind(SettingValues.Load(flags, environment));
}
