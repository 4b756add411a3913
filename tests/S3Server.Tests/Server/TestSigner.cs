using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace S3Cassandra.S3Server.Tests.Server;

/// <summary>A second, plain implementation of Signature V4, for requests that an SDK would not send.</summary>
internal sealed class TestSigner(DateTimeOffset now, string region = TestServer.Region)
{
    public const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly string _timestamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
    private string _previous = "";

    private string Scope => $"{_timestamp[..8]}/{region}/s3/aws4_request";

    private byte[] Key => Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + TestServer.SecretKey), _timestamp[..8]), region), "s3"), "aws4_request");

    /// <summary>Adds x-amz-date, x-amz-content-sha256 and Authorization; every header given is signed.</summary>
    public SortedDictionary<string, string> Sign(
        string method, string path, string query, SortedDictionary<string, string> headers, string payload = "UNSIGNED-PAYLOAD")
    {
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            signed[name.ToLowerInvariant()] = value;
        }

        signed["x-amz-date"] = _timestamp;
        signed["x-amz-content-sha256"] = payload;
        var names = string.Join(';', signed.Keys);
        var canonical = new StringBuilder($"{method}\n{path}\n{CanonicalQuery(query)}\n");
        foreach (var (name, value) in signed)
        {
            canonical.Append(CultureInfo.InvariantCulture, $"{name}:{value.Trim()}\n");
        }

        canonical.Append(CultureInfo.InvariantCulture, $"\n{names}\n{payload}");
        _previous = Signature($"AWS4-HMAC-SHA256\n{_timestamp}\n{Scope}\n{Hash(Encoding.UTF8.GetBytes(canonical.ToString()))}");
        signed["authorization"] =
            $"AWS4-HMAC-SHA256 Credential={TestServer.AccessKey}/{Scope}, SignedHeaders={names}, Signature={_previous}";
        return signed;
    }

    /// <summary>A presigned URL's query; parameters given are signed with it.</summary>
    public string Presign(string method, string path, string host, string query = "", int expires = 300)
    {
        var all = string.Join('&', new[]
        {
            query,
            "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            $"X-Amz-Credential={Uri.EscapeDataString($"{TestServer.AccessKey}/{Scope}")}",
            $"X-Amz-Date={_timestamp}",
            $"X-Amz-Expires={expires}",
            "X-Amz-SignedHeaders=host",
        }.Where(part => part.Length > 0));
        var canonical = $"{method}\n{path}\n{CanonicalQuery(all)}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD";
        return $"{all}&X-Amz-Signature={Signature($"AWS4-HMAC-SHA256\n{_timestamp}\n{Scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}")}";
    }

    /// <summary>The signature of the next chunk of the body whose headers were signed last.</summary>
    public string SignChunk(ReadOnlySpan<byte> chunk) =>
        _previous = Signature($"AWS4-HMAC-SHA256-PAYLOAD\n{_timestamp}\n{Scope}\n{_previous}\n{EmptySha256}\n{Hash(chunk)}");

    /// <summary>The signature of the trailer: its lines, each ended by a line feed.</summary>
    public string SignTrailer(string lines) =>
        _previous = Signature($"AWS4-HMAC-SHA256-TRAILER\n{_timestamp}\n{Scope}\n{_previous}\n{Hash(Encoding.UTF8.GetBytes(lines))}");

    public static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));

    private static string CanonicalQuery(string query) => string.Join('&', query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Contains('=', StringComparison.Ordinal) ? part : part + "=")
        .Order(StringComparer.Ordinal));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private string Signature(string stringToSign) => Convert.ToHexStringLower(Mac(Key, stringToSign));
}
