using System.Globalization;
using System.Text;

namespace S3Cassandra.S3Server.Tests.Server;

/// <summary>Sends requests, each on a connection of its own, with targets and headers exactly as given.</summary>
internal sealed class TestClient(Uri address)
{
    public string Host => address.Authority;

    /// <summary>Sends without a credential.</summary>
    public async Task<TestResponse> SendAsync(
        string method, string target, IEnumerable<KeyValuePair<string, string>>? headers = null, string? body = null)
    {
        using var connection = await RawConnection.OpenAsync(address);
        await connection.SendAsync(Request(method, target, headers ?? [], body));
        return await connection.ReadAsync(method == "HEAD");
    }

    /// <summary>Sends with Signature V4 over every header; the body is hashed unless <paramref name="payload"/> says what it is.</summary>
    public Task<TestResponse> SignedAsync(
        string method,
        string target,
        IEnumerable<KeyValuePair<string, string>>? headers = null,
        string? body = null,
        string? payload = null,
        string region = TestServer.Region)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = Host };
        foreach (var (name, value) in headers ?? [])
        {
            all[name.ToLowerInvariant()] = value;
        }

        var hash = payload ?? TestSigner.Hash(Encoding.UTF8.GetBytes(body ?? ""));
        return SendAsync(method, target, new TestSigner(DateTimeOffset.UtcNow, region).Sign(method, path, query, all, hash), body);
    }

    /// <summary>The bytes of a request.</summary>
    public byte[] Request(string method, string target, IEnumerable<KeyValuePair<string, string>> headers, string? body)
    {
        var fields = headers.ToList();
        var text = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        if (!fields.Any(field => field.Key.Equals("host", StringComparison.OrdinalIgnoreCase)))
        {
            text.Append(CultureInfo.InvariantCulture, $"Host: {Host}\r\n");
        }

        foreach (var (name, value) in fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        var framed = fields.Any(field => field.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase)
            || field.Key.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase));
        if (!framed && (body is not null || method is "PUT" or "POST"))
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body ?? "")}\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }
}
