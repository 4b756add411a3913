using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Bucket;

/// <summary>Who may not do a thing hears that, and not what is wrong with how it was asked.</summary>
public class FaultOrderTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "PUT", "?versioning", "<Wrong/>", "MalformedXML" },
        { "PUT", "?tagging", "<Wrong/>", "MalformedXML" },
        { "PUT", "?cors", "<Wrong/>", "MalformedXML" },
        { "PUT", "?encryption", "<Wrong/>", "MalformedXML" },
        { "PUT", "?publicAccessBlock", "<Wrong/>", "MalformedXML" },
        { "PUT", "?requestPayment", "<Wrong/>", "MalformedXML" },
        { "POST", "?delete", "<Wrong/>", "MalformedXML" },
        { "PUT", "/k?tagging", "<Wrong/>", "MalformedXML" },
        { "POST", "/k?uploadId=none", "<Wrong/>", "MalformedXML" },
        { "PUT", "/k?partNumber=1&uploadId=none", "x", "NoSuchUpload" },
        { "PUT", "/k?partNumber=0&uploadId=none", "x", "InvalidArgument" },
        { "DELETE", "/k?uploadId=none", "", "NoSuchUpload" },
        { "GET", "/k?uploadId=none", "", "NoSuchUpload" },
        { "PUT", "/k", "x", "InvalidStorageClass" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_told_to_who_may(string method, string path, string body, string code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var headers = HeadersOf(path, body);
        (await fixture.Server.AnonymousAsync(new(method), $"/{bucket}{path}", Token, Encoding.ASCII.GetBytes(body), headers))
            .IsError(HttpStatusCode.Forbidden, "AccessDenied");

        await fixture.Raw.PutDocumentAsync(
            bucket,
            "policy",
            $$$"""{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::{{{bucket}}}","arn:aws:s3:::{{{bucket}}}/*"]}}""",
            Token);
        var told = await fixture.Server.AnonymousAsync(new(method), $"/{bucket}{path}", Token, Encoding.ASCII.GetBytes(body), headers);
        Assert.Contains($"<Code>{code}</Code>", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_document_that_is_another_is_that_also_where_there_is_no_bucket()
    {
        Assert.Equal("NoSuchBucket", await PutAsync("<Tagging/>"u8.ToArray(), "<Tagging/>"u8.ToArray()));
        Assert.Equal("XAmzContentSHA256Mismatch", await PutAsync("<Tagging/>"u8.ToArray(), []));
        Assert.Equal("XAmzContentSHA256Mismatch", await PutAsync([], "<Tagging/>"u8.ToArray()));
    }

    [Theory]
    [InlineData("no-hash", 400, "XAmzContentSHA256Mismatch")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", 400, "InvalidRequest")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", 400, "InvalidRequest")]
    [InlineData("UNSIGNED-PAYLOAD", 200, null)]
    public async Task What_nobody_signed_has_a_payload_that_says_so(string payload, int status, string? code)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await fixture.Raw.PutDocumentAsync(
            bucket,
            "policy",
            $$$"""{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::{{{bucket}}}/*"}}""",
            Token);
        var put = await fixture.Server.AnonymousAsync(HttpMethod.Put, $"/{bucket}/k", Token, [1], ("x-amz-content-sha256", payload));
        Assert.True(status == (int)put.Status, put.Text);
        if (code is not null)
        {
            put.IsError(HttpStatusCode.BadRequest, code);
        }
    }

    [Fact]
    public async Task A_post_of_nothing_by_nobody_is_no_action_of_IAM()
    {
        var error = (await fixture.Server.AnonymousAsync(HttpMethod.Post, "/", Token, [])).IsError(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed");
        Assert.Equal("SERVICE", error.Element("ResourceType")!.Value);
        var form = await fixture.Server.AnonymousAsync(HttpMethod.Post, "/", Token, "Action=ListUsers&Version=2010-05-08"u8.ToArray());
        Assert.Contains("<ErrorResponse", form.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_deletes_a_batch_of_which_he_may_delete_nothing()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var batch = "<Delete><Object><Key>own</Key></Object><Object><Key>other</Key></Object></Delete>";
        Task<S3Response> DeleteAsync() => fixture.Server.AnonymousAsync(
            HttpMethod.Post, $"/{bucket}?delete", Token, Encoding.ASCII.GetBytes(batch), HeadersOf("?delete", batch));
        (await DeleteAsync()).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        await fixture.Raw.PutDocumentAsync(
            bucket,
            "policy",
            $$$"""{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::{{{bucket}}}/own"}}""",
            Token);
        var result = (await DeleteAsync()).Document("DeleteResult");
        Assert.Equal("own", result.Element("Deleted")!.Element("Key")!.Value);
        Assert.Equal(("other", "AccessDenied"), (result.Element("Error")!.Element("Key")!.Value, result.Element("Error")!.Element("Code")!.Value));
    }

    /// <summary>The code of the error of a PutObjectTagging in no bucket, signed for another body than is sent.</summary>
    private async Task<string> PutAsync(byte[] body, byte[] signed)
    {
        var endpoint = fixture.Server.Endpoint;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"{endpoint.Url}/bucket-{Guid.NewGuid():n}/k?tagging"));
        request.Content = new ByteArrayContent(body);
        SignatureV4.Sign(request, endpoint, Convert.ToHexStringLower(SHA256.HashData(signed)), DateTimeOffset.UtcNow);
        using var response = await http.SendAsync(request, Token);
        return XDocument.Parse(await response.Content.ReadAsStringAsync(Token)).Root!.Element("Code")!.Value;
    }

    private static (string, string)[] HeadersOf(string path, string body) => path == "/k"
        ? [("x-amz-storage-class", "GLACIER")]
        : [("Content-MD5", Convert.ToBase64String(MD5.HashData(Encoding.ASCII.GetBytes(body))))];
}
