using System.Security.Cryptography;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>The headers that every response has.</summary>
internal static class ServerHeaders
{
    /// <summary>Names this process in x-amz-id-2 and HostId; random, made at start.</summary>
    public static string HostId { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));

    public static void Set(HttpResponse response, string requestId)
    {
        var headers = response.Headers;
        headers.Server = "S3Cassandra";
        headers["x-amz-request-id"] = requestId;
        headers["x-amz-id-2"] = HostId;
    }
}
