using System.Globalization;
using S3Cassandra.Support;

namespace S3Cassandra.Clients;

/// <summary>s3cmd with both signatures, directly in path style and with the server as its <c>proxy_host</c> (virtual-hosted and path style).</summary>
public sealed class S3cmdTests(ServerFixture server) : IDisposable
{
    private const string HostedBuckets = "%(bucket)s.s3.example.com";
    private readonly TemporaryFolder _folder = new();
    private readonly string _bucket = ServerFixture.NewBucketName();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, HostedBuckets)]
    [InlineData(true, HostedBuckets)]
    [InlineData(false, "s3.example.com")]
    [InlineData(true, "s3.example.com")]
    public async Task A_folder_goes_up_and_comes_down(bool v2, string? proxiedBucketHost)
    {
        Configure(v2, proxiedBucketHost);
        var source = FileTree.Create(_folder.Create("source"), 150);
        await RunAsync("mb", $"s3://{_bucket}");
        await RunAsync("sync", "--multipart-chunk-size-mb=5", source + "/", $"s3://{_bucket}/tree/");
        await RunAsync("sync", $"s3://{_bucket}/tree/", _folder.Create("target") + "/");
        FileTree.AssertSame(source, _folder["target"]);

        var again = await RunAsync("sync", "--multipart-chunk-size-mb=5", "--dry-run", source + "/", $"s3://{_bucket}/tree/");
        Assert.DoesNotContain("upload:", again.Output, StringComparison.Ordinal);
        await RunAsync("rb", "--recursive", "--force", $"s3://{_bucket}");
        Assert.DoesNotContain(_bucket, (await RunAsync("ls")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, HostedBuckets)]
    [InlineData(true, HostedBuckets)]
    public async Task Objects_are_put_listed_described_copied_moved_and_deleted(bool v2, string? proxiedBucketHost)
    {
        Configure(v2, proxiedBucketHost);
        var file = FileTree.WriteRandom(_folder["file"], 70_000);
        await RunAsync("mb", $"s3://{_bucket}");
        await RunAsync("put", "--add-header=x-amz-meta-shape:round", "--mime-type=text/x-test", file, $"s3://{_bucket}/a b/ü+c");
        Assert.Contains("70000", (await RunAsync("ls", $"s3://{_bucket}/a b/")).Output, StringComparison.Ordinal);
        Assert.Contains("DIR", (await RunAsync("ls", $"s3://{_bucket}/")).Output, StringComparison.Ordinal);

        var info = (await RunAsync("info", $"s3://{_bucket}/a b/ü+c")).Output;
        Assert.Contains("text/x-test", info, StringComparison.Ordinal);
        Assert.Contains("round", info, StringComparison.Ordinal);
        Assert.Contains("FULL_CONTROL", info, StringComparison.Ordinal);
        await RunAsync("info", $"s3://{_bucket}");
        await RunAsync("du", $"s3://{_bucket}");

        await RunAsync("cp", $"s3://{_bucket}/a b/ü+c", $"s3://{_bucket}/copy");
        await RunAsync("mv", $"s3://{_bucket}/copy", $"s3://{_bucket}/moved");
        await RunAsync("modify", "--add-header=x-amz-meta-colour:red", $"s3://{_bucket}/moved");
        Assert.Contains("red", (await RunAsync("info", $"s3://{_bucket}/moved")).Output, StringComparison.Ordinal);
        await RunAsync("get", $"s3://{_bucket}/moved", _folder["got"]);
        Assert.Equal(await File.ReadAllBytesAsync(file, Token), await File.ReadAllBytesAsync(_folder["got"], Token));
        Assert.Equal(64, (await S3cmd("get", $"s3://{_bucket}/copy", _folder["absent"]).RunAsync(Token)).ExitCode & 64);

        await RunAsync("del", $"s3://{_bucket}/a b/ü+c", $"s3://{_bucket}/moved");
        await RunAsync("rb", $"s3://{_bucket}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Multipart_uploads_are_listed_resumed_and_aborted(bool v2)
    {
        Configure(v2, null);
        var file = FileTree.WriteRandom(_folder["file"], 12 << 20);
        await RunAsync("mb", $"s3://{_bucket}");
        await RunAsync("put", "--multipart-chunk-size-mb=5", file, $"s3://{_bucket}/big");
        await RunAsync("get", $"s3://{_bucket}/big", _folder["got"]);
        Assert.Equal(await File.ReadAllBytesAsync(file, Token), await File.ReadAllBytesAsync(_folder["got"], Token));
        Assert.DoesNotContain("big", (await RunAsync("multipart", $"s3://{_bucket}")).Output, StringComparison.Ordinal);
        await RunAsync("get", "--continue", $"s3://{_bucket}/big", Truncated(file, 1_000_000));
        Assert.Equal(await File.ReadAllBytesAsync(file, Token), await File.ReadAllBytesAsync(_folder["truncated"], Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_side_encryption_is_asked_for_and_shown(bool v2)
    {
        Configure(v2, null, "server_side_encryption = True");
        var file = FileTree.WriteRandom(_folder["file"], 17 << 20);
        await RunAsync("mb", $"s3://{_bucket}");
        await RunAsync("put", file, $"s3://{_bucket}/encrypted");
        await RunAsync("get", $"s3://{_bucket}/encrypted", _folder["got"]);
        Assert.Equal(await File.ReadAllBytesAsync(file, Token), await File.ReadAllBytesAsync(_folder["got"], Token));
        Assert.Contains("AES256", (await RunAsync("info", $"s3://{_bucket}/encrypted")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_signed_url_is_good_for_anyone(bool v2)
    {
        Configure(v2, null);
        await File.WriteAllTextAsync(_folder["file"], "by url", Token);
        await RunAsync("mb", $"s3://{_bucket}");
        await RunAsync("put", _folder["file"], $"s3://{_bucket}/a+b");
        var expiry = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var url = (await RunAsync("signurl", $"s3://{_bucket}/a+b", expiry)).Output.Trim();
        using var http = new HttpClient();
        Assert.Equal("by url", await http.GetStringAsync(new Uri(url), Token));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await http.GetAsync(new Uri(url.Replace("a%2Bb", "a%2Bc", StringComparison.Ordinal)), Token)).StatusCode);
    }

    [Fact]
    public async Task Configurations_are_set_and_what_is_not_supported_is_refused()
    {
        Configure(v2: false, null);
        await RunAsync("mb", $"s3://{_bucket}");
        await File.WriteAllTextAsync(
            _folder["cors"],
            "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>",
            Token);
        await RunAsync("setcors", _folder["cors"], $"s3://{_bucket}");
        Assert.Contains("<AllowedOrigin>*</AllowedOrigin>", (await RunAsync("info", $"s3://{_bucket}")).Output, StringComparison.Ordinal);
        await RunAsync("delcors", $"s3://{_bucket}");
        var website = await S3cmd("ws-create", $"s3://{_bucket}").RunAsync(Token);
        Assert.NotEqual(0, website.ExitCode);
        Assert.Contains("NotImplemented", website.Errors, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Access_control_lists_are_set_and_shown(bool v2)
    {
        Configure(v2, null);
        var file = FileTree.WriteRandom(_folder["file"], 1000);
        await RunAsync("mb", "--add-header=x-amz-object-ownership:ObjectWriter", $"s3://{_bucket}");
        await RunAsync("put", file, $"s3://{_bucket}/private");
        await RunAsync("put", "--acl-public", file, $"s3://{_bucket}/public");
        Assert.Equal((403, 200), (await UnsignedAsync("private"), await UnsignedAsync("public")));
        await RunAsync("setacl", "--acl-public", $"s3://{_bucket}/private");
        Assert.Equal(200, await UnsignedAsync("private"));
        Assert.Contains("*anon*: READ", (await RunAsync("info", $"s3://{_bucket}/private")).Output, StringComparison.Ordinal);
        await RunAsync("setacl", "--acl-private", "--recursive", $"s3://{_bucket}/");
        Assert.Equal((403, 403), (await UnsignedAsync("private"), await UnsignedAsync("public")));
        Assert.DoesNotContain("*anon*", (await RunAsync("info", $"s3://{_bucket}/private")).Output, StringComparison.Ordinal);
        await RunAsync("setacl", "--acl-public", $"s3://{_bucket}");
        Assert.Equal(200, await UnsignedAsync(""));
    }

    private async Task<int> UnsignedAsync(string key)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await http.GetAsync(new Uri($"{server.Endpoint.Url}/{_bucket}/{key}"), TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => S3cmd(arguments).SucceedAsync(Token);

    private Command S3cmd(params string[] arguments) =>
        new(Prerequisite.Program("/usr/bin/s3cmd", "s3cmd"), ["-c", _folder["s3cfg"], "--no-progress", .. arguments])
        {
            Environment = new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" },
        };

    private string Truncated(string file, int size)
    {
        File.WriteAllBytes(_folder["truncated"], File.ReadAllBytes(file)[..size]);
        return _folder["truncated"];
    }

    private void Configure(bool v2, string? proxiedBucketHost, string more = "")
    {
        var address = server.Endpoint.Address;
        var hosts = proxiedBucketHost is null
            ? $"host_base = {address.Authority}\nhost_bucket = {address.Authority}"
            : $"host_base = {server.Domain}\nhost_bucket = {proxiedBucketHost}\nproxy_host = {address.Host}\nproxy_port = {address.Port}";
        File.WriteAllText(
            _folder["s3cfg"],
            $"""
            [default]
            access_key = {server.Endpoint.AccessKey}
            secret_key = {server.Endpoint.SecretKey}
            bucket_location = {server.Endpoint.Region}
            use_https = False
            signature_v2 = {v2}
            max_retries = 1
            {hosts}
            {more}

            """);
    }
}
