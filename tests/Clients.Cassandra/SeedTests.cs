using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Cassandra.Support;

namespace S3Cassandra.Clients.Cassandra;

/// <summary>
/// The seed's way of working: the schema installed by a job (the fixture does, twice at once), AWS's sample keys, s3cmd with Signature V2 and
/// the server as its proxy, boto 2 with OrdinaryCallingFormat, and an AWS SDK.
/// </summary>
public sealed class SeedTests(ServerFixture server)
{
    [Fact]
    public async Task By_s3cmd_and_boto()
    {
        Prerequisite.Require(Directory.Exists("/usr/lib/python3/dist-packages/boto"), "boto 2 is missing: apt-get install python3-boto");
        Prerequisite.Program("/usr/bin/s3cmd", "s3cmd");
        var script = Path.Combine(RepositoryFolder.Root, "tests", "Clients.Cassandra", "seed.sh");
        await ScenarioCommand.RunAsync(server, new Command(Prerequisite.Program("/bin/bash", "bash"), script));
    }

    [Fact]
    public async Task By_an_AWS_SDK()
    {
        var token = TestContext.Current.CancellationToken;
        var bucket = ServerFixture.NewBucketName();
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials(server.Endpoint.AccessKey, server.Endpoint.SecretKey),
            new AmazonS3Config { ServiceURL = server.Endpoint.Url, ForcePathStyle = true, AuthenticationRegion = server.Endpoint.Region });
        await s3.PutBucketAsync(bucket, token);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "greeting", ContentBody = "hello" }, token);
        using var answer = await s3.GetObjectAsync(bucket, "greeting", token);
        using var reader = new StreamReader(answer.ResponseStream);
        Assert.Equal("hello", await reader.ReadToEndAsync(token));
        Assert.Contains((await s3.ListBucketsAsync(token)).Buckets, found => found.BucketName == bucket);
    }

    [Fact]
    public async Task The_sample_keys_are_complained_of_and_their_secret_is_not_printed()
    {
        var endpoint = server.Endpoint;
        await server.PrintedAsync($"THE ROOT KEY {endpoint.AccessKey} IS SHORT OR WELL KNOWN", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(endpoint.SecretKey, server.Output, StringComparison.Ordinal);
    }
}
