using System.Collections.Frozen;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Pipeline;

/// <summary>
/// The x-amz-* parameters of a presigned URL: signed with it, they count as headers (AWS: "Authenticating Requests: Using Query
/// Parameters"). A header that came with the request wins; the verifier has refused one that says something else.
/// </summary>
internal static class HoistedHeaders
{
    /// <summary>
    /// What belongs to the signature; and the checksum that SDKs sign into a presigned PUT, which they computed over the empty body that
    /// they had when they signed (docs/decisions).
    /// </summary>
    private static readonly FrozenSet<string> NotHeaders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-expires",
        "x-amz-signedheaders",
        "x-amz-signature",
        "x-amz-security-token",
        "x-amz-content-sha256",
        "x-amz-user-agent",
        "x-amz-trailer",
        "x-amz-decoded-content-length",
        "x-amz-sdk-checksum-algorithm",
        "x-amz-checksum-crc32",
        "x-amz-checksum-crc32c",
        "x-amz-checksum-crc64nvme",
        "x-amz-checksum-sha1",
        "x-amz-checksum-sha256");

    public static void Apply(S3Context context)
    {
        var headers = context.Http.Request.Headers;
        foreach (var parameter in context.Target.Query.All)
        {
            if (parameter.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && !NotHeaders.Contains(parameter.Key)
                && !headers.ContainsKey(parameter.Key))
            {
                headers[parameter.Key] = parameter.Value;
            }
        }
    }
}
