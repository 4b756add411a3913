using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace S3Cassandra.Support;

/// <summary>
/// An upload form as a web page would send it, and its policy, signed as AWS documents it: an oracle of its own beside the server. Every field
/// is covered by a condition of its own unless it is added as <see cref="Uncovered"/>.
/// </summary>
public sealed class PostForm(S3Endpoint endpoint, string bucket, string key)
{
    public const string Boundary = "----boundary-of-tests";

    private readonly List<(string Name, string Value)> _fields = [("key", key)];
    private readonly List<string> _conditions = [$$"""{"bucket": "{{bucket}}"}""", """["starts-with", "$key", ""]"""];
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    /// <summary>The form's file.</summary>
    public byte[] File { get; init; } = "file"u8.ToArray();

    /// <summary>The file's name; null: none.</summary>
    public string? Filename { get; init; } = "name.txt";

    /// <summary>How long from now the policy is good.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What is in the body behind the file's delimiter; null: nothing but the form's end.</summary>
    public string? After { get; init; }

    /// <summary>The fields, with what signing has added.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => _fields;

    /// <summary>A field with a condition that it has this value.</summary>
    public PostForm With(string name, string value)
    {
        _conditions.Add($"[\"eq\", {JsonSerializer.Serialize("$" + name)}, {JsonSerializer.Serialize(value)}]");
        return Uncovered(name, value);
    }

    /// <summary>A field that no condition covers.</summary>
    public PostForm Uncovered(string name, string value)
    {
        _fields.Add((name, value));
        return this;
    }

    /// <summary>A condition, as JSON.</summary>
    public PostForm Condition(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>Takes conditions away that hold a text.</summary>
    public PostForm WithoutCondition(string text)
    {
        _conditions.RemoveAll(condition => condition.Contains(text, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Another value of a field that is there, after signing perhaps; null takes it away.</summary>
    public PostForm Replace(string name, string? value)
    {
        var at = _fields.FindIndex(field => field.Name == name);
        _fields.RemoveAt(at);
        if (value is not null)
        {
            _fields.Insert(at, (name, value));
        }

        return this;
    }

    /// <summary>Signs what has been said so far, with Signature V4.</summary>
    public PostForm SignV4(string? policy = null)
    {
        var stamp = _now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{stamp[..8]}/{endpoint.Region}/s3/aws4_request";
        With("x-amz-algorithm", "AWS4-HMAC-SHA256").With("x-amz-credential", $"{endpoint.AccessKey}/{scope}").With("x-amz-date", stamp);
        policy ??= Policy();
        var signing = Encoding.UTF8.GetBytes("AWS4" + endpoint.SecretKey);
        foreach (var part in scope.Split('/'))
        {
            signing = HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(part));
        }

        return Uncovered("policy", policy).Uncovered("x-amz-signature", SignatureV4.Hex(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(policy))));
    }

    /// <summary>Signs it with Signature V2.</summary>
    public PostForm SignV2()
    {
        var policy = Policy();
#pragma warning disable CA5350 // Signature V2 is made of it.
        var signature = HMACSHA1.HashData(Encoding.UTF8.GetBytes(endpoint.SecretKey), Encoding.UTF8.GetBytes(policy));
#pragma warning restore CA5350
        return Uncovered("AWSAccessKeyId", endpoint.AccessKey).Uncovered("policy", policy).Uncovered("signature", Convert.ToBase64String(signature));
    }

    /// <summary>The whole body.</summary>
    public byte[] Body()
    {
        var body = new MemoryStream();
        foreach (var (name, value) in _fields)
        {
            Write(body, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }

        var filename = Filename is null ? "" : $"; filename=\"{Filename}\"";
        Write(body, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"{filename}\r\nContent-Type: text/x-of-the-part\r\n\r\n");
        body.Write(File);
        Write(body, $"\r\n--{Boundary}{After ?? "--\r\n"}");
        return body.ToArray();
    }

    /// <summary>Sends it to the bucket of the form, or to another one.</summary>
    public async Task<S3Response> SendAsync(CancellationToken token, string? to = null, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{endpoint.Url}/{to ?? bucket}")) { Content = new ByteArrayContent(Body()) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(request, token);
        var received = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, received, await response.Content.ReadAsByteArrayAsync(token));
    }

    private string Policy()
    {
        var expiration = (_now + Lifetime).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"expiration": "{{expiration}}", "conditions": [{{string.Join(", ", _conditions)}}]}"""));
    }

    private static void Write(MemoryStream body, string text) => body.Write(Encoding.UTF8.GetBytes(text));
}
