using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Clients;

/// <summary>A request as a client's own code signed it: a line of <c>sign.py</c>.</summary>
internal sealed record ClientRequest(string Name, string Method, string Path, string Query, string Host, string? Bucket, string[][] Headers)
{
    public TestRequest ToRequest(DateTimeOffset now)
    {
        var request = new TestRequest
        {
            Method = Method,
            Path = Path,
            Query = Query,
            Host = Host,
            VirtualHostedBucket = Bucket,
            Now = now,
        };
        foreach (var header in Headers)
        {
            request.Headers.Add(header[0], header[1]);
        }

        return request;
    }
}
