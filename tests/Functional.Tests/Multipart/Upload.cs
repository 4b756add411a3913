using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Multipart;

/// <summary>A multipart upload under a key of a bucket of its own, one raw request at a time.</summary>
internal sealed class Upload(ServerFixture fixture, string bucket, string key, string id)
{
    public const int PartSize = 5 * 1024 * 1024;

    public string Bucket => bucket;

    public string Key => key;

    public string Id => id;

    public static async Task<Upload> BeginAsync(
        ServerFixture fixture, CancellationToken token, string key = "a key", string? bucket = null, params (string, string)[] headers)
    {
        bucket ??= await fixture.Server.CreateBucketAsync(token);
        var answer = await fixture.Raw.SendAsync(HttpMethod.Post, bucket, key, "uploads", [], headers, token);
        return new Upload(fixture, bucket, key, answer.Document("InitiateMultipartUploadResult").Element("UploadId")!.Value);
    }

    public static string ETagOf(byte[] body) => $"\"{Convert.ToHexStringLower(MD5.HashData(body))}\"";

    public Task<S3Response> PutPartAsync(int number, byte[] body, CancellationToken token, params (string, string)[] headers) =>
        fixture.Raw.SendAsync(HttpMethod.Put, bucket, key, PartQuery(number.ToString(CultureInfo.InvariantCulture)), body, headers, token);

    public Task<S3Response> CopyPartAsync(int number, string source, CancellationToken token, params (string, string)[] headers) =>
        PutPartAsync(number, [], token, [.. headers, ("x-amz-copy-source", source)]);

    public Task<S3Response> CompleteAsync(CancellationToken token, params (int Number, string ETag)[] parts) =>
        CompleteAsync([], token, parts);

    public Task<S3Response> CompleteAsync((string, string)[] headers, CancellationToken token, params (int Number, string ETag)[] parts)
    {
        var document = new StringBuilder("<CompleteMultipartUpload>");
        foreach (var (number, etag) in parts)
        {
            document.Append(CultureInfo.InvariantCulture, $"<Part><ETag>{etag}</ETag><PartNumber>{number}</PartNumber></Part>");
        }

        return CompleteAsync(document.Append("</CompleteMultipartUpload>").ToString(), headers, token);
    }

    public Task<S3Response> CompleteAsync(string document, (string, string)[] headers, CancellationToken token) =>
        fixture.Raw.SendAsync(HttpMethod.Post, bucket, key, $"uploadId={id}", Encoding.UTF8.GetBytes(document), headers, token);

    public Task<S3Response> ListPartsAsync(CancellationToken token, string query = "") =>
        fixture.Raw.GetAsync(bucket, key, token, query.Length == 0 ? $"uploadId={id}" : $"{query}&uploadId={id}");

    public Task<S3Response> AbortAsync(CancellationToken token, params (string, string)[] headers) =>
        fixture.Raw.SendAsync(HttpMethod.Delete, bucket, key, $"uploadId={id}", null, headers, token);

    public string PartQuery(string number) => $"partNumber={number}&uploadId={id}";
}
