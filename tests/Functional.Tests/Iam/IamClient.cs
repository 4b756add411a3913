using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Iam;

/// <summary>Sends requests of the IAM API, or of STS, as some access key.</summary>
internal sealed class IamClient(S3Endpoint endpoint, string service = "iam") : IDisposable
{
    private const string StsVersion = "2011-06-15";
    private const string IamVersion = "2010-05-08";

    private XNamespace Namespace => service == "sts" ? $"https://sts.amazonaws.com/doc/{StsVersion}/" : $"https://iam.amazonaws.com/doc/{IamVersion}/";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public void Dispose() => _http.Dispose();

    /// <summary>The document of an answer, whatever it is.</summary>
    public async Task<(HttpStatusCode Status, XElement Document)> SendAsync(
        string action, CancellationToken token, params (string Name, string Value)[] parameters)
    {
        using var request = Request(action, parameters, out var body);
        SignatureV4.Sign(request, endpoint, SignatureV4.Hex(SHA256.HashData(body)), DateTimeOffset.UtcNow, service);
        return await SendAsync(request, token);
    }

    /// <summary>A form that is not the one that was signed, or was signed for another service.</summary>
    public async Task<(HttpStatusCode Status, XElement Document)> SendForgedAsync(
        string action, string signedFor, byte[] signedBody, CancellationToken token, params (string Name, string Value)[] parameters)
    {
        using var request = Request(action, parameters, out _);
        SignatureV4.Sign(request, endpoint, SignatureV4.Hex(SHA256.HashData(signedBody)), DateTimeOffset.UtcNow, signedFor);
        return await SendAsync(request, token);
    }

    public static byte[] Form(string action, params (string Name, string Value)[] parameters) => Form(IamVersion, action, parameters);

    private static byte[] Form(string version, string action, (string Name, string Value)[] parameters) => System.Text.Encoding.UTF8.GetBytes(
        string.Join('&', parameters.Prepend(("Action", action)).Append(("Version", version)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}")));

    /// <summary>Does what has to succeed; the text of an element of the answer.</summary>
    public async Task<string> DoAsync(string action, string element, CancellationToken token, params (string Name, string Value)[] parameters)
    {
        var (status, document) = await SendAsync(action, token, parameters);
        Assert.True(status == HttpStatusCode.OK, document.ToString());
        Assert.Equal(action + "Response", document.Name.LocalName);
        return string.Join(',', document.Descendants(Namespace + element).Select(found => found.Value));
    }

    /// <summary>Does what has to fail.</summary>
    public async Task RefusedAsync(string code, HttpStatusCode status, string action, CancellationToken token, params (string Name, string Value)[] parameters) =>
        IsError(await SendAsync(action, token, parameters), code, status);

    /// <summary>Sends a form that nobody signs.</summary>
    public async Task<(HttpStatusCode Status, XElement Document)> SendUnsignedAsync(
        string action, CancellationToken token, params (string Name, string Value)[] parameters)
    {
        using var request = Request(action, parameters, out _);
        return await SendAsync(request, token);
    }

    public void IsError((HttpStatusCode Status, XElement Document) answer, string code, HttpStatusCode status)
    {
        Assert.Equal((code, status), (answer.Document.Descendants(Namespace + "Code").SingleOrDefault()?.Value, answer.Status));
        Assert.Equal("ErrorResponse", answer.Document.Name.LocalName);
    }

    private HttpRequestMessage Request(string action, (string Name, string Value)[] parameters, out byte[] body)
    {
        body = Form(service == "sts" ? StsVersion : IamVersion, action, parameters);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.Url + "/")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        return request;
    }

    private async Task<(HttpStatusCode Status, XElement Document)> SendAsync(HttpRequestMessage request, CancellationToken token)
    {
        using var response = await _http.SendAsync(request, token);
        return (response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync(token)));
    }
}
