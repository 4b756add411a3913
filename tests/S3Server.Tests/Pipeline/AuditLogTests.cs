using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using S3Cassandra.S3Server.Pipeline;
using S3Cassandra.S3Server.Routing;
using S3Cassandra.S3Server.Telemetry;
using S3Cassandra.S3Server.Tests.Server;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Pipeline;

public class AuditLogTests
{
    private const string Canary = "CANARY";

    [Fact]
    public async Task Changes_and_refusals_are_told_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "audit.log");
        await using var server = await TestServer.StartWithBucketAsync(options => options with { AuditLog = path });
        var client = server.Client;
        await client.SignedAsync("PUT", "/bucket/key", body: "hello");
        await client.SignedAsync("GET", "/bucket?versioning");
        var versioning = await client.SignedAsync("PUT", "/bucket?versioning", body: "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        await client.SignedAsync("PUT", "/bucket?versioning", body: "nonsense");
        var anonymous = await client.SendAsync("GET", "/bucket/a%0Ab");
        var forged = await client.SendAsync("DELETE", "/bucket", new TestSigner(DateTimeOffset.UtcNow).Sign("GET", "/bucket", "", new() { ["host"] = client.Host }));
        await client.SignedAsync("GET", "/bucket/missing");
        await client.SignedAsync("GET", "/bucket", region: "eu-other-1");
        await server.Host.DisposeAsync();

        // A line is written once its answer is out, so those of requests that follow each other closely may change places.
        var lines = Lines(path).OrderBy(line => Text(line, "event")).ThenBy(line => Text(line, "operation"), StringComparer.Ordinal).ToList();
        Assert.Equal(
            [
                ("change", "CreateBucket", "bucket", null, 200, null),
                ("change", "PutBucketVersioning", "bucket", null, 200, null),
                ("refused", "DeleteBucket", "bucket", null, 403, "SignatureDoesNotMatch"),
                ("refused", "GetObject", "bucket", "a%0Ab", 403, "AccessDenied"),
                ("refused", "ListObjects", "bucket", null, 400, "AuthorizationHeaderMalformed"),
            ],
            lines.Select(line => (
                Text(line, "event"), Text(line, "operation"), Text(line, "bucket"), Text(line, "key"), line.GetProperty("status").GetInt32(), Text(line, "error"))));
        Assert.Equal(
            [versioning, anonymous, forged],
            new[] { versioning, anonymous, forged }.Where(answer => lines.Any(line => Text(line, "requestId") == answer.Header("x-amz-request-id"))));
        Assert.Equal((TestServer.AccessKey, "127.0.0.1"), (Text(lines[1], "accessKeyId"), Text(lines[1], "remote")));
        Assert.EndsWith(":root", Text(lines[1], "principal"));
        Assert.All(lines[2..], line => Assert.Equal((null, null), (Text(line, "principal"), Text(line, "accessKeyId"))));
        Assert.True(lines[0].GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddHours(-1));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task An_action_of_IAM_is_told_with_what_it_is_about()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "audit.log");
        await using var server = await TestServer.StartAsync(options => options with { AuditLog = path, Region = "us-east-1" });
        await IamAsync(server, $"Action=CreateUser&UserName=eve&Version=2010-05-08&Secret={Canary}");
        await IamAsync(server, $"Action=PutUserPolicy&UserName=eve&PolicyName=p&PolicyDocument=%7B%22Statement%22%3A%5B%5D%2C%22Id%22%3A%22{Canary}%22%7D&Version=2010-05-08");
        await IamAsync(server, "Action=ListUsers&Version=2010-05-08");
        await IamAsync(server, "Action=CreateAccessKey&UserName=eve&Version=2010-05-08");
        await server.Client.SendAsync("POST", "/", body: "Action=CreateUser&UserName=mallory&Version=2010-05-08");
        await server.Host.DisposeAsync();

        var lines = Lines(path);
        var created = lines.Single(line => Text(line, "operation") == "CreateUser" && Text(line, "event") == "change");
        Assert.EndsWith(":user/eve", Text(created, "resource"));
        Assert.Equal("eve", created.GetProperty("parameters").GetProperty("UserName").GetString());
        Assert.Contains(lines, line => Text(line, "operation") == "CreateAccessKey" && Text(line, "event") == "change");
        Assert.DoesNotContain(lines, line => Text(line, "operation") == "ListUsers");
        Assert.Single(lines, line => Text(line, "event") == "refused");
        Assert.DoesNotContain(Canary, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_signature_token_or_document_is_told()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "audit.log");
        await using var server = await TestServer.StartWithBucketAsync(options => options with { AuditLog = path, AllowSsecOverHttp = true });
        var client = server.Client;
        await client.SignedAsync("PUT", "/bucket?policy", new Dictionary<string, string> { ["x-amz-meta-a"] = Canary },
            $$"""{"Statement":{"Sid":"{{Canary}}","Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"} }""");
        var presigned = new TestSigner(DateTimeOffset.UtcNow).Presign("GET", "/bucket/key", client.Host, $"X-Amz-Security-Token={Canary}");
        await client.SendAsync("GET", "/bucket/key?" + presigned);
        await client.SendAsync("GET", $"/bucket/key?AWSAccessKeyId={Canary}&Expires=9999999999&Signature={Canary}");
        await client.SendAsync("GET", "/bucket/key", new Dictionary<string, string> { ["Authorization"] = $"AWS {Canary}:{Canary}" });
        await client.SendAsync("GET", "/bucket/key", new Dictionary<string, string>
        {
            ["Referer"] = Canary,
            ["User-Agent"] = Canary,
            ["Cookie"] = Canary,
        });
        await server.Host.DisposeAsync();
        var log = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(6, Lines(path).Count);
        Assert.DoesNotContain(Canary, log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Signature=", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestServer.SecretKey, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_of_a_batch_that_is_refused_is_told()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "audit.log");
        await using var server = await TestServer.StartWithBucketAsync(options => options with { AuditLog = path });
        await server.Client.SignedAsync("PUT", "/bucket?policy", body:
            """{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::bucket/kept"}}""");
        const string document = "<Delete><Object><Key>kept</Key></Object><Object><Key>other</Key></Object></Delete>";
        var md5 = Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(document)));
        var deleted = await server.Client.SignedAsync("POST", "/bucket?delete", new Dictionary<string, string> { ["content-md5"] = md5 }, document);
        Assert.Equal(200, deleted.Status);
        await server.Host.DisposeAsync();
        var refused = Lines(path).Single(line => Text(line, "event") == "refused");
        Assert.Equal(("DeleteObjects", 200), (Text(refused, "operation"), refused.GetProperty("status").GetInt32()));
    }

    [Fact]
    public void Whatever_does_not_only_read_and_is_not_of_objects_is_administration()
    {
        var others = RouteTable.AllRoutes()
            .Where(route => route.Method is "PUT" or "DELETE" or "POST" && !Auditor.IsAdministration(route.Name))
            .Select(route => route.Name).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "AbortMultipartUpload", "CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload", "DeleteObject", "DeleteObjectAnnotation",
                "DeleteObjectTagging", "DeleteObjects", "PostObject", "PutObject", "PutObjectAnnotation", "PutObjectTagging", "RenameObject", "RestoreObject",
                "SelectObjectContent", "UploadPart", "UploadPartCopy", "WriteGetObjectResponse",
            ],
            others);
        Assert.All(RouteTable.AllRoutes().Where(route => route.Method is "GET" or "HEAD" && route.Name != "CreateSession"), route => Assert.False(Auditor.IsAdministration(route.Name)));
        Assert.All(["CreateUser", "PutObjectAcl", "AttachRolePolicy", "AssumeRole", "GetSessionToken", "UpdateAccessKey"], name => Assert.True(Auditor.IsAdministration(name)));
        Assert.All(["GetUser", "ListUsers", "SimulatePrincipalPolicy", "GetCallerIdentity"], name => Assert.False(Auditor.IsAdministration(name)));
    }

    [Fact]
    public async Task A_file_that_is_moved_away_is_made_anew()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "audit.log");
        var output = AuditOutput.Named(path)!;
        await output.WriteAsync("one\n"u8.ToArray());
        File.Move(path, path + ".1");
        await output.WriteAsync("two\n"u8.ToArray());
        await output.WriteAsync("three\n"u8.ToArray());
        Assert.Equal(("one\n", "two\nthree\n"), (File.ReadAllText(path + ".1"), File.ReadAllText(path)));
    }

    [Fact]
    public async Task What_does_not_fit_the_queue_is_counted_and_said_loudly()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "audit.log");
        var logger = new ListLogger();
        var log = new AuditLog(AuditOutput.Named(path), TimeProvider.System, logger);
        for (var number = 0; number < AuditLog.MaxWaiting + 10; number++)
        {
            log.Write(Entry(number));
        }

        log.Start();
        await log.DisposeAsync();
        var lines = Lines(path);
        Assert.Equal(("dropped", 10), (Text(lines[0], "event"), lines[0].GetProperty("lines").GetInt32()));
        Assert.Equal(AuditLog.MaxWaiting, lines.Count - 1);
        Assert.Equal(["THE AUDIT LOG CANNOT KEEP UP: 10 lines are lost"], logger.Messages);
    }

    [Fact]
    public async Task An_output_that_fails_is_said_loudly_and_holds_nobody_up()
    {
        using var folder = new TemporaryFolder();
        var inner = Directory.CreateDirectory(Path.Combine(folder.Path, "inner"));
        var logger = new ListLogger();
        var log = new AuditLog(AuditOutput.Named(Path.Combine(inner.FullName, "audit.log")), TimeProvider.System, logger);
        inner.Delete(recursive: true);
        log.Write(Entry(1));
        log.Start();
        await log.DisposeAsync();
        log.Write(Entry(2));
        Assert.Equal(["THE AUDIT LOG CANNOT BE WRITTEN: 1 lines are lost"], logger.Messages);
    }

    private static AuditEntry Entry(int number) => new()
    {
        Event = AuditEvent.Refused,
        Time = DateTimeOffset.UnixEpoch,
        RequestId = $"{number}",
        Remote = IPAddress.Loopback,
        Operation = "GetObject",
        Status = 403,
    };

    private static async Task IamAsync(TestServer server, string form)
    {
        var endpoint = new S3Endpoint(server.Address, TestServer.AccessKey, TestServer.SecretKey);
        var body = System.Text.Encoding.UTF8.GetBytes(form);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.Url + "/")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        SignatureV4.Sign(request, endpoint, TestSigner.Hash(body), DateTimeOffset.UtcNow, "iam");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static List<JsonElement> Lines(string path) =>
        [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed class ListLogger : ILogger<AuditLog>
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.Equal(LogLevel.Error, logLevel);
            Messages.Add(formatter(state, exception));
        }
    }
}
