using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Tests.Support;

/// <summary>A request that a test makes, signs and alters.</summary>
internal sealed class TestRequest
{
    public static DateTimeOffset Noon { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public string Method { get; set; } = "PUT";

    public string Path { get; set; } = "/bucket/key";

    public string Query { get; set; } = "";

    public string Host { get; set; } = "s3.example.com:8080";

    public string? VirtualHostedBucket { get; set; }

    public HeaderList Headers { get; private init; } = new();

    /// <summary>The server's clock.</summary>
    public DateTimeOffset Now { get; set; } = Noon;

    public TestRequest With(string header, string value)
    {
        Headers.Add(header, value);
        return this;
    }

    public TestRequest Copy() => new()
    {
        Method = Method,
        Path = Path,
        Query = Query,
        Host = Host,
        VirtualHostedBucket = VirtualHostedBucket,
        Headers = Headers.Copy(),
        Now = Now,
    };

    public void AppendQuery(string parameter) => Query = Query.Length == 0 ? parameter : $"{Query}&{parameter}";

    public SignedRequest ToSigned() => new()
    {
        Method = Method,
        RawPath = Path,
        RawQuery = Query,
        Host = Host,
        Headers = Headers,
        Now = Now,
        VirtualHostedBucket = VirtualHostedBucket,
    };
}
