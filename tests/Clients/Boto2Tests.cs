using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>boto 2 (Signature V2 by default), in path style, directly and with the server as its HTTP proxy.</summary>
public sealed class Boto2Tests(ServerFixture server)
{
    [Theory]
    [CombinatorialScenarios("objects", "metadata", "multipart", "large", "signed_urls", "versions", "buckets")]
    public Task Scenario(string scenario, bool proxied) => RunAsync(scenario, proxied);

    [Fact]
    public Task Virtual_host_through_the_proxy() => RunAsync("virtual_host", proxied: true);

    private Task RunAsync(string scenario, bool proxied)
    {
        Prerequisite.Require(Directory.Exists("/usr/lib/python3/dist-packages/boto"), "boto 2 is missing: apt-get install python3-boto");
        var python = Prerequisite.Program("/usr/bin/python3", "python3");
        return ScenarioCommand.RunAsync(server, new(python, ScenarioCommand.Script("python/boto2.py"), scenario), ("S3_PROXY", proxied ? "yes" : "no"));
    }
}
