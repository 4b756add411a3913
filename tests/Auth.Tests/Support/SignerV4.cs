using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace S3Cassandra.Auth.Tests.Support;

/// <summary>Signature V4 written down from AWS's page, with strings and nothing of the code under test.</summary>
internal sealed class SignerV4
{
    public string AccessKeyId { get; init; } = Keys.Id;

    public string Secret { get; init; } = Keys.Secret;

    public string Region { get; init; } = "us-east-1";

    public string Service { get; init; } = "s3";

    public string Terminator { get; init; } = "aws4_request";

    public DateTimeOffset Date { get; init; } = TestRequest.Noon;

    /// <summary>The scope's day, where it is to differ from the date's.</summary>
    public string? Day { get; init; }

    /// <summary>Which headers to sign; null for all that came and host.</summary>
    public IReadOnlyList<string>? SignedHeaders { get; init; }

    private string Timestamp => Date.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private string Scope => $"{Day ?? Timestamp[..8]}/{Region}/{Service}/{Terminator}";

    /// <summary>Adds x-amz-date, x-amz-content-sha256 and Authorization; returns the request.</summary>
    public TestRequest SignHeader(TestRequest request, string payloadHash = "UNSIGNED-PAYLOAD")
    {
        request.Headers["x-amz-date"] = Timestamp;
        request.Headers["x-amz-content-sha256"] = payloadHash;
        return SignHeaderAsItStands(request, payloadHash);
    }

    /// <summary>Adds Authorization only.</summary>
    public TestRequest SignHeaderAsItStands(TestRequest request, string payloadHash)
    {
        request.Headers.Remove("Authorization");
        var names = SortedNames(request);
        var signature = Signature(request, names, payloadHash);
        request.Headers["Authorization"] =
            $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/{Scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}";
        return request;
    }

    /// <summary>Adds the X-Amz- parameters of a presigned URL; returns the request.</summary>
    public TestRequest SignQuery(TestRequest request, string expires = "3600", string payloadHash = "UNSIGNED-PAYLOAD")
    {
        var names = SortedNames(request);
        request.AppendQuery("X-Amz-Algorithm=AWS4-HMAC-SHA256");
        request.AppendQuery($"X-Amz-Credential={Percent.Encode($"{AccessKeyId}/{Scope}")}");
        request.AppendQuery($"X-Amz-Date={Timestamp}");
        request.AppendQuery($"X-Amz-Expires={Percent.Encode(expires)}");
        request.AppendQuery($"X-Amz-SignedHeaders={Percent.Encode(string.Join(';', names))}");
        request.AppendQuery($"X-Amz-Signature={Signature(request, names, payloadHash)}");
        return request;
    }

    public byte[] SigningKey() => Scope.Split('/').Aggregate(
        Encoding.UTF8.GetBytes("AWS4" + Secret), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));

    /// <summary>The signature of a chunk after <paramref name="previous"/>.</summary>
    public string ChunkSignature(string previous, byte[] data) => Mac(
        $"AWS4-HMAC-SHA256-PAYLOAD\n{Timestamp}\n{Scope}\n{previous}\n{Hash([])}\n{Hash(data)}");

    /// <summary>The signature of a trailer after <paramref name="previous"/>.</summary>
    public string TrailerSignature(string previous, string trailer) => Mac(
        $"AWS4-HMAC-SHA256-TRAILER\n{Timestamp}\n{Scope}\n{previous}\n{Hash(Encoding.UTF8.GetBytes(trailer))}");

    private static string CanonicalRequest(TestRequest request, IReadOnlyList<string> names, string payloadHash)
    {
        var headers = names.Select(name =>
            name + ":" + string.Join(',', Lines(request, name).Select(line => Regex.Replace(line.Trim(' ', '\t'), "[ \t]+", " "))) + "\n");
        return string.Join(
            '\n',
            request.Method,
            Percent.Encode(Percent.Decode(request.Path, plusIsSpace: false), "/"),
            CanonicalQuery(request.Query),
            string.Concat(headers),
            string.Join(';', names),
            payloadHash);
    }

    private static string CanonicalQuery(string query) => string.Join(
        '&',
        query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Recode(pair[0]), Value: Recode(pair.Length > 1 ? pair[1] : "")))
            .Where(pair => pair.Name != "X-Amz-Signature")
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Recode(string text) => Percent.Encode(Percent.Decode(text, plusIsSpace: true));

    private static IReadOnlyList<string> Lines(TestRequest request, string name) =>
        name == "host" ? [request.Host] : request.Headers.Values(name);

    private static string Hash(byte[] data) => Convert.ToHexStringLower(SHA256.HashData(data));

    private string Signature(TestRequest request, IReadOnlyList<string> names, string payloadHash) => Mac(
        $"AWS4-HMAC-SHA256\n{Timestamp}\n{Scope}\n{Hash(Encoding.UTF8.GetBytes(CanonicalRequest(request, names, payloadHash)))}");

    private string Mac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(SigningKey(), Encoding.UTF8.GetBytes(text)));

    private List<string> SortedNames(TestRequest request) =>
        [.. (SignedHeaders ?? [.. request.Headers.Names().Select(name => name.ToLowerInvariant()), "host"]).Order(StringComparer.Ordinal)];
}
