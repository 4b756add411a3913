using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Bucket;

/// <summary>Sends requests that nobody signed.</summary>
internal static class AnonymousClient
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public static async Task<S3Response> AnonymousAsync(
        this RunningServer server, HttpMethod method, string path, CancellationToken token, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Endpoint.Url + path));
        request.Content = body is null ? null : new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await Http.SendAsync(request, token);
        var received = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, received, await response.Content.ReadAsByteArrayAsync(token));
    }
}
