using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>The AWS SDK for JavaScript v3 with its defaults: checksums on everything, aws-chunked streams with trailers.</summary>
public sealed class JavaScriptSdkTests(ServerFixture server)
{
    [Theory]
    [InlineData("objects")]
    [InlineData("streamedPut")]
    [InlineData("upload")]
    [InlineData("presigned")]
    [InlineData("presignedPost")]
    [InlineData("deleteObjects")]
    [InlineData("versions")]
    public Task Scenario(string scenario) => RunAsync("client-s3", "scenarios.mjs", scenario);

    [Fact]
    public Task A_user_with_a_key_and_a_policy_works_until_they_are_revoked() => RunAsync("client-iam", "iam.mjs");

    private Task RunAsync(string package, string script, params string[] arguments)
    {
        var folder = ScenarioCommand.Script("js");
        Prerequisite.Require(
            Directory.Exists(Path.Combine(folder, "node_modules", "@aws-sdk", package)),
            "the AWS SDK for JavaScript is missing: npm ci --prefix tests/Clients/js");
        var node = Prerequisite.Program("/usr/bin/node", "nodejs");
        return ScenarioCommand.RunAsync(server, new(node, ["--no-warnings", Path.Combine(folder, script), .. arguments]));
    }
}
