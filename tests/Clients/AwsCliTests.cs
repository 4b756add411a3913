using System.Text.Json;
using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>The AWS CLI v2 of Debian 12: <c>aws s3</c> and <c>aws s3api</c>.</summary>
public sealed class AwsCliTests(ServerFixture server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _bucket = ServerFixture.NewBucketName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_goes_up_and_comes_down()
    {
        var source = FileTree.Create(_folder.Create("source"), 200);
        await S3Async("mb", $"s3://{_bucket}");
        await S3Async("sync", source, $"s3://{_bucket}/tree");
        await S3Async("sync", $"s3://{_bucket}/tree", _folder.Create("target"));
        FileTree.AssertSame(source, _folder["target"]);
        Assert.Equal("", (await S3Async("sync", source, $"s3://{_bucket}/tree")).Output);

        File.Delete(Path.Combine(source, "with space"));
        await S3Async("sync", "--delete", source, $"s3://{_bucket}/tree");
        await S3Async("sync", "--delete", $"s3://{_bucket}/tree", _folder["target"]);
        FileTree.AssertSame(source, _folder["target"]);
        await S3Async("rb", "--force", $"s3://{_bucket}");
    }

    [Fact]
    public async Task Files_are_copied_moved_and_removed()
    {
        var file = FileTree.WriteRandom(_folder["file"], (17 << 20) + 1);
        await S3Async("mb", $"s3://{_bucket}");
        await S3Async("cp", "--metadata", "shape=round", file, $"s3://{_bucket}/a b/ü+c");
        await S3Async("cp", $"s3://{_bucket}/a b/ü+c", $"s3://{_bucket}/copy");
        await S3Async("mv", $"s3://{_bucket}/copy", $"s3://{_bucket}/moved");
        await S3Async("cp", $"s3://{_bucket}/moved", _folder["got"]);
        Assert.Equal(await File.ReadAllBytesAsync(file, Token), await File.ReadAllBytesAsync(_folder["got"], Token));
        Assert.Contains("PRE a b/", (await S3Async("ls", $"s3://{_bucket}")).Output, StringComparison.Ordinal);
        var described = await ApiAsync("head-object", "--key", "moved");
        Assert.Equal("round", described.GetProperty("Metadata").GetProperty("shape").GetString());
        await S3Async("rm", "--recursive", $"s3://{_bucket}");
        Assert.Equal("", (await S3Async("ls", $"s3://{_bucket}")).Output);

        var url = (await S3Async("presign", $"s3://{_bucket}/absent")).Output.Trim();
        using var http = new HttpClient();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.GetAsync(new Uri(url), Token)).StatusCode);
    }

    [Fact]
    public async Task A_multipart_upload_by_hand()
    {
        var part = FileTree.WriteRandom(_folder["part"], 5 << 20);
        await ApiAsync("create-bucket");
        var upload = (await ApiAsync("create-multipart-upload", "--key", "k")).GetProperty("UploadId").GetString()!;
        var first = (await ApiAsync("upload-part", "--key", "k", "--upload-id", upload, "--part-number", "1", "--body", part))
            .GetProperty("ETag").GetString();
        var second = (await ApiAsync("upload-part", "--key", "k", "--upload-id", upload, "--part-number", "2", "--body", part))
            .GetProperty("ETag").GetString();
        var parts = await ApiAsync("list-parts", "--key", "k", "--upload-id", upload);
        Assert.Equal(2, parts.GetProperty("Parts").GetArrayLength());
        var document = JsonSerializer.Serialize(new { Parts = new[] { new { PartNumber = 1, ETag = first }, new { PartNumber = 2, ETag = second } } });
        var done = await ApiAsync("complete-multipart-upload", "--key", "k", "--upload-id", upload, "--multipart-upload", document);
        Assert.EndsWith("-2\"", done.GetProperty("ETag").GetString(), StringComparison.Ordinal);
        Assert.Equal(10 << 20, (await ApiAsync("head-object", "--key", "k")).GetProperty("ContentLength").GetInt32());
    }

    [Fact]
    public async Task Versions_are_kept_listed_and_removed()
    {
        await ApiAsync("create-bucket");
        await ApiAsync("put-bucket-versioning", "--versioning-configuration", "Status=Enabled");
        Assert.Equal("Enabled", (await ApiAsync("get-bucket-versioning")).GetProperty("Status").GetString());
        var file = FileTree.WriteRandom(_folder["file"], 1000);
        var first = (await ApiAsync("put-object", "--key", "k", "--body", file)).GetProperty("VersionId").GetString()!;
        await ApiAsync("put-object", "--key", "k", "--body", file);
        await ApiAsync("delete-object", "--key", "k");
        var listed = await ApiAsync("list-object-versions");
        Assert.Equal(2, listed.GetProperty("Versions").GetArrayLength());
        Assert.Equal(1, listed.GetProperty("DeleteMarkers").GetArrayLength());
        await ApiAsync("delete-object", "--key", "k", "--version-id", first);
        Assert.Equal(1, (await ApiAsync("list-object-versions")).GetProperty("Versions").GetArrayLength());
    }

    [Fact]
    public async Task Tags_and_cors_are_set_and_read()
    {
        await ApiAsync("create-bucket");
        await ApiAsync("put-bucket-tagging", "--tagging", "TagSet=[{Key=a,Value=b}]");
        Assert.Equal("b", (await ApiAsync("get-bucket-tagging")).GetProperty("TagSet")[0].GetProperty("Value").GetString());
        var file = FileTree.WriteRandom(_folder["file"], 10);
        await ApiAsync("put-object", "--key", "k", "--body", file, "--tagging", "c=d");
        await ApiAsync("put-object-tagging", "--key", "k", "--tagging", "TagSet=[{Key=e,Value=f}]");
        Assert.Equal("e", (await ApiAsync("get-object-tagging", "--key", "k")).GetProperty("TagSet")[0].GetProperty("Key").GetString());
        const string Rules = """{"CORSRules":[{"AllowedMethods":["PUT"],"AllowedOrigins":["https://*.example"],"ExposeHeaders":["ETag"]}]}""";
        await ApiAsync("put-bucket-cors", "--cors-configuration", Rules);
        var rule = (await ApiAsync("get-bucket-cors")).GetProperty("CORSRules")[0];
        Assert.Equal("https://*.example", rule.GetProperty("AllowedOrigins")[0].GetString());
        await ApiAsync("delete-bucket-cors");
        var unset = await Aws("s3api", "get-bucket-cors", "--bucket", _bucket).RunAsync(Token);
        Assert.Contains("NoSuchCORSConfiguration", unset.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checksum_is_stored_and_returned()
    {
        await ApiAsync("create-bucket");
        await File.WriteAllTextAsync(_folder["file"], "hello", Token);
        var put = await ApiAsync("put-object", "--key", "k", "--body", _folder["file"], "--checksum-algorithm", "CRC32");
        Assert.Equal("NhCmhg==", put.GetProperty("ChecksumCRC32").GetString());
        var head = await ApiAsync("head-object", "--key", "k", "--checksum-mode", "ENABLED");
        Assert.Equal("NhCmhg==", head.GetProperty("ChecksumCRC32").GetString());
    }

    [Fact]
    public async Task Ownership_and_access_control_lists_are_set_and_shown()
    {
        await ApiAsync("create-bucket", "--object-ownership", "ObjectWriter", "--acl", "public-read");
        var list = await ApiAsync("get-bucket-acl");
        Assert.Equal(["FULL_CONTROL", "READ"], list.GetProperty("Grants").EnumerateArray().Select(grant => grant.GetProperty("Permission").GetString()));
        File.WriteAllText(_folder["file"], "text");
        await ApiAsync("put-object", "--key", "k", "--body", _folder["file"], "--grant-read", "uri=http://acs.amazonaws.com/groups/global/AuthenticatedUsers");
        await ApiAsync("put-object-acl", "--key", "k", "--acl", "bucket-owner-full-control");
        list = await ApiAsync("get-object-acl", "--key", "k");
        Assert.Equal(list.GetProperty("Owner").GetProperty("ID").GetString(), list.GetProperty("Grants")[0].GetProperty("Grantee").GetProperty("ID").GetString());
        await ApiAsync("put-bucket-acl", "--acl", "private");
        await ApiAsync("put-bucket-ownership-controls", "--ownership-controls", "Rules=[{ObjectOwnership=BucketOwnerEnforced}]");
        Assert.Contains("BucketOwnerEnforced", (await ApiAsync("get-bucket-ownership-controls")).ToString(), StringComparison.Ordinal);
        await ApiAsync("delete-bucket-ownership-controls");
        Assert.Equal("BucketOwner", (await ApiAsync("get-bucket-request-payment")).GetProperty("Payer").GetString());
    }

    private Task<CommandResult> S3Async(params string[] arguments) =>
        Aws(["s3", .. arguments, .. arguments[0] is "cp" or "mv" or "sync" ? (string[])["--no-progress"] : []]).SucceedAsync(Token);

    private async Task<JsonElement> ApiAsync(string operation, params string[] arguments)
    {
        var result = await Aws(["s3api", operation, "--bucket", _bucket, .. arguments]).SucceedAsync(Token);
        return result.Output.Length == 0 ? default : JsonDocument.Parse(result.Output).RootElement;
    }

    private Command Aws(params string[] arguments) =>
        new(Prerequisite.Program("/usr/bin/aws", "awscli"), ["--endpoint-url", server.Endpoint.Url, "--output", "json", .. arguments])
        {
            Environment = new Dictionary<string, string>(server.Endpoint.AwsEnvironment)
            {
                ["AWS_MAX_ATTEMPTS"] = "1",
                ["LC_ALL"] = "C.UTF-8",
            },
        };
}
