using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace S3Cassandra.Support;

/// <summary>
/// Signs requests as AWS documents Signature Version 4, in a few lines of its own: an oracle beside the server's verifier, not a user of it.
/// </summary>
public static class SignatureV4
{
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>Adds x-amz-date, x-amz-content-sha256 and Authorization; signs Host, Content-Type, Content-MD5 and every x-amz-* header.</summary>
    /// <param name="request">Its address is sent as it is: path and query already encoded as the signature wants them.</param>
    public static void Sign(HttpRequestMessage request, S3Endpoint endpoint, string payloadHash, DateTimeOffset now, string service = "s3")
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.Add("x-amz-date", stamp);
        request.Headers.Add("x-amz-content-sha256", payloadHash);
        if (endpoint.SessionToken is { } token)
        {
            request.Headers.Add("x-amz-security-token", token);
        }

        var scope = $"{stamp[..8]}/{endpoint.Region}/{service}/aws4_request";
        var headers = SignedHeaders(request);
        var names = string.Join(';', headers.Keys);
        var address = request.RequestUri!;
        var canonical = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append(address.AbsolutePath).Append('\n')
            .Append(CanonicalQuery(address.Query)).Append('\n')
            .AppendJoin("", headers.Select(header => $"{header.Key}:{header.Value}\n")).Append('\n')
            .Append(names).Append('\n')
            .Append(payloadHash).ToString();
        var text = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + endpoint.SecretKey);
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={endpoint.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>Percent-encodes as S3's signatures want it: everything but unreserved characters, '/' kept in paths.</summary>
    public static string Encode(string text, bool keepSlash = false)
    {
        var encoded = Uri.EscapeDataString(text);
        return keepSlash ? encoded.Replace("%2F", "/", StringComparison.Ordinal) : encoded;
    }

    private static SortedDictionary<string, string> SignedHeaders(HttpRequestMessage request)
    {
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.Authority };
        foreach (var (name, values) in request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []))
        {
            var lower = name.ToLowerInvariant();
            if (lower.StartsWith("x-amz-", StringComparison.Ordinal) || lower is "content-type" or "content-md5")
            {
                signed[lower] = string.Join(',', values.Select(value => value.Trim()));
            }
        }

        return signed;
    }

    private static string CanonicalQuery(string query) => string.Join('&', query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + '=')
        .Order(StringComparer.Ordinal));
}
