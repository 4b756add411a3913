using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace S3Cassandra.Support;

/// <summary>
/// A client without retries: one call is one request, so that its outcome is what the server answered, or unknown when it throws. Unless it
/// has <see cref="Patience"/>.
/// </summary>
public sealed class S3Client(S3Endpoint endpoint) : IDisposable
{
    /// <summary>As the server says with its 503.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 256 })
    {
        // Ends a hang.
        Timeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>
    /// How long a request that is answered 503 SlowDown is sent again and again, as every client of S3 does; zero: not at all. For what a test
    /// needs done and is not about: on a machine under load a store may take longer than a server waits for it.
    /// </summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Whether any request was sent again: what was refused may have left garbage behind.</summary>
    public bool HasRepeated { get; private set; }

    public void Dispose() => _http.Dispose();

    /// <param name="method">The HTTP method.</param>
    /// <param name="bucket">The bucket, in path style.</param>
    /// <param name="key">The key, not encoded; null for the bucket itself.</param>
    /// <param name="query">The query, encoded.</param>
    /// <param name="body">What to send.</param>
    /// <param name="headers">More headers; they are signed when they are x-amz-*.</param>
    /// <param name="token">Gives the request up.</param>
    public async Task<S3Response> SendAsync(
        HttpMethod method, string bucket, string? key, string query, byte[]? body, IEnumerable<(string Name, string Value)> headers, CancellationToken token)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await SendOnceAsync(method, bucket, key, query, body, headers, token);
            if (answer.Status != HttpStatusCode.ServiceUnavailable || Stopwatch.GetElapsedTime(begun) >= Patience)
            {
                return answer;
            }

            HasRepeated = true;
            await Task.Delay(RetryAfter, token);
        }
    }

    private async Task<S3Response> SendOnceAsync(
        HttpMethod method, string bucket, string? key, string query, byte[]? body, IEnumerable<(string Name, string Value)> headers, CancellationToken token)
    {
        var target = $"{endpoint.Url}/{bucket}{(key is null ? "" : "/" + SignatureV4.Encode(key, keepSlash: true))}{(query.Length > 0 ? "?" + query : "")}";
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(method, new Uri(target, options));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        SignatureV4.Sign(request, endpoint, SignatureV4.Hex(SHA256.HashData(body ?? [])), DateTimeOffset.UtcNow);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        var content = await response.Content.ReadAsByteArrayAsync(token);
        var received = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, received, content);
    }

    public Task<S3Response> PutAsync(string bucket, string? key, byte[] body, CancellationToken token, params (string, string)[] headers) =>
        SendAsync(HttpMethod.Put, bucket, key, "", body, headers, token);

    public Task<S3Response> GetAsync(string bucket, string? key, CancellationToken token, string query = "") =>
        SendAsync(HttpMethod.Get, bucket, key, query, null, [], token);

    public Task<S3Response> HeadAsync(string bucket, string key, CancellationToken token) =>
        SendAsync(HttpMethod.Head, bucket, key, "", null, [], token);

    public Task<S3Response> DeleteAsync(string bucket, string? key, CancellationToken token, params (string, string)[] headers) =>
        SendAsync(HttpMethod.Delete, bucket, key, "", null, headers, token);

    public Task<S3Response> CopyAsync(string bucket, string key, string source, CancellationToken token) =>
        PutAsync(bucket, key, [], token, ("x-amz-copy-source", SignatureV4.Encode($"{bucket}/{source}", keepSlash: true)));

    public async Task CreateBucketAsync(string bucket, CancellationToken token)
    {
        var response = await PutAsync(bucket, null, [], token);
        Assert.True(response.IsSuccess, response.Text);
    }

    /// <summary>Every key of the bucket below the prefix, with size and ETag, page by page.</summary>
    public async Task<IReadOnlyList<(string Key, long Size, string ETag)>> ListAsync(string bucket, string prefix, CancellationToken token)
    {
        var listed = new List<(string, long, string)>();
        for (var next = ""; ;)
        {
            var query = $"list-type=2&prefix={SignatureV4.Encode(prefix)}{next}";
            var response = await GetAsync(bucket, null, token, query);
            Assert.True(response.IsSuccess, response.Text);
            var document = XDocument.Parse(response.Text).Root!;
            var space = document.Name.Namespace;
            listed.AddRange(document.Elements(space + "Contents").Select(entry => (
                entry.Element(space + "Key")!.Value,
                (long)entry.Element(space + "Size")!,
                entry.Element(space + "ETag")!.Value)));
            if (document.Element(space + "IsTruncated")?.Value != "true")
            {
                return listed;
            }

            next = "&continuation-token=" + SignatureV4.Encode(document.Element(space + "NextContinuationToken")!.Value);
        }
    }
}
