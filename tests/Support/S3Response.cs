using System.Net;

namespace S3Cassandra.Support;

/// <summary>A response, its body read to the end.</summary>
public sealed record S3Response(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public string? ETag => Headers.GetValueOrDefault("ETag");

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public override string ToString() => $"{Status} {Text}";
}
