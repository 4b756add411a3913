using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>boto3 of Debian 12, from before default checksums and conditional writes.</summary>
public sealed class Boto3Tests(ServerFixture server)
{
    [Theory]
    [InlineData("objects")]
    [InlineData("conditions")]
    [InlineData("transfer")]
    [InlineData("multipart")]
    [InlineData("versions")]
    [InlineData("tags")]
    [InlineData("presigned")]
    [InlineData("presignedPost")]
    [InlineData("configurations")]
    [InlineData("encryption")]
    [InlineData("access")]
    [InlineData("expectations")]
    [InlineData("sessions")]
    public Task Scenario(string scenario)
    {
        Prerequisite.Require(Directory.Exists("/usr/lib/python3/dist-packages/boto3"), "boto3 is missing: apt-get install python3-boto3");
        var python = Prerequisite.Program("/usr/bin/python3", "python3");
        return ScenarioCommand.RunAsync(server, new(python, ScenarioCommand.Script("python/boto3_client.py"), scenario));
    }
}
