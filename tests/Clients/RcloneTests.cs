using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>rclone: sync with checksums both ways, check, and server-side copies.</summary>
public sealed class RcloneTests(ServerFixture server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _bucket = ServerFixture.NewBucketName();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_synchronised_checked_and_brought_back()
    {
        var source = FileTree.Create(_folder.Create("source"), 200);
        await RunAsync("mkdir", $"server:{_bucket}");
        await RunAsync("sync", "--checksum", source, $"server:{_bucket}/tree");
        await RunAsync("check", "--download", source, $"server:{_bucket}/tree");
        await RunAsync("sync", "--checksum", $"server:{_bucket}/tree", _folder.Create("target"));
        FileTree.AssertSame(source, _folder["target"]);
        var again = await RunAsync("sync", "--checksum", "--stats-one-line", "-v", source, $"server:{_bucket}/tree");
        Assert.Contains("There was nothing to transfer", again.Errors, StringComparison.Ordinal);

        await RunAsync("copy", "--s3-copy-cutoff=6Mi", $"server:{_bucket}/tree", $"server:{_bucket}/copy");
        await RunAsync("check", $"server:{_bucket}/tree", $"server:{_bucket}/copy");
        File.Delete(Path.Combine(source, "large.bin"));
        await RunAsync("sync", "--checksum", source, $"server:{_bucket}/copy");
        await RunAsync("check", source, $"server:{_bucket}/copy");
        await RunAsync("purge", $"server:{_bucket}");
    }

    private Task<CommandResult> RunAsync(params string[] arguments)
    {
        var rclone = Prerequisite.Program("/usr/bin/rclone", "rclone");
        var command = new Command(rclone, ["--retries=1", "--s3-upload-cutoff=6Mi", "--s3-chunk-size=5Mi", .. arguments])
        {
            Environment = new Dictionary<string, string>
            {
                ["RCLONE_CONFIG"] = _folder["rclone.conf"],
                ["RCLONE_CONFIG_SERVER_TYPE"] = "s3",
                ["RCLONE_CONFIG_SERVER_PROVIDER"] = "Other",
                ["RCLONE_CONFIG_SERVER_ENDPOINT"] = server.Endpoint.Url,
                ["RCLONE_CONFIG_SERVER_REGION"] = server.Endpoint.Region,
                ["RCLONE_CONFIG_SERVER_ACCESS_KEY_ID"] = server.Endpoint.AccessKey,
                ["RCLONE_CONFIG_SERVER_SECRET_ACCESS_KEY"] = server.Endpoint.SecretKey,
            },
        };
        File.WriteAllText(_folder["rclone.conf"], "");
        return command.SucceedAsync(TestContext.Current.CancellationToken);
    }
}
