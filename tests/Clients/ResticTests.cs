using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>restic: a repository is made, filled, checked by reading all of it, thinned out and restored.</summary>
public sealed class ResticTests(ServerFixture server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _bucket = ServerFixture.NewBucketName();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_backed_up_checked_and_restored()
    {
        var source = FileTree.Create(_folder.Create("source"), 200);
        await RunAsync("init");
        await RunAsync("backup", ".");
        await File.WriteAllTextAsync(Path.Combine(source, "later"), "later", TestContext.Current.CancellationToken);
        await RunAsync("backup", ".");
        await RunAsync("check", "--read-data");
        await RunAsync("forget", "--keep-last=1", "--prune");
        await RunAsync("check");
        await RunAsync("restore", "latest", "--target", _folder.Create("target"));
        FileTree.AssertSame(source, _folder["target"]);
    }

    private Task<CommandResult> RunAsync(params string[] arguments)
    {
        var restic = Prerequisite.Program("/usr/bin/restic", "restic");
        var command = new Command(restic, ["--quiet", "--no-cache", .. arguments])
        {
            Folder = _folder["source"],
            Environment = new Dictionary<string, string>(server.Endpoint.AwsEnvironment)
            {
                ["RESTIC_REPOSITORY"] = $"s3:{server.Endpoint.Url}/{_bucket}",
                ["RESTIC_PASSWORD"] = "password",
                ["HOME"] = _folder.Path,
            },
        };
        return command.SucceedAsync(TestContext.Current.CancellationToken);
    }
}
