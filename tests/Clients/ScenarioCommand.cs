using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>Runs one scenario of a client script, in a bucket of its own.</summary>
internal static class ScenarioCommand
{
    public static Task RunAsync(ServerFixture server, Command command, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>(server.Endpoint.AwsEnvironment)
        {
            ["S3_BUCKET"] = ServerFixture.NewBucketName(),
            ["S3_DOMAIN"] = server.Domain,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return (command with { Environment = environment }).SucceedAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A script of this project, in the sources.</summary>
    public static string Script(string name) => Path.Combine(RepositoryFolder.Root, "tests", "Clients", name);
}
