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
    public Task Scenario(string scenario) => RunAsync("boto3_client.py", scenario);

    [Fact]
    public Task A_user_with_a_key_and_a_policy_works_until_they_are_revoked() => RunAsync("boto3_iam.py");

    private Task RunAsync(string script, params string[] arguments)
    {
        Prerequisite.Require(Directory.Exists("/usr/lib/python3/dist-packages/boto3"), "boto3 is missing: apt-get install python3-boto3");
        var python = Prerequisite.Program("/usr/bin/python3", "python3");
        return ScenarioCommand.RunAsync(server, new(python, [ScenarioCommand.Script($"python/{script}"), .. arguments]));
    }
}
