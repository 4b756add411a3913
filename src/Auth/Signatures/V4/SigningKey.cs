using System.Security.Cryptography;
using System.Text;

namespace S3Cassandra.Auth.Signatures.V4;

/// <summary>Signature V4's signing key: four HMACs over date, region, service and <c>aws4_request</c>, keyed by <c>AWS4</c> and the secret.</summary>
internal static class SigningKey
{
    /// <summary>Derives it for a scope <c>yyyyMMdd/region/service/aws4_request</c>.</summary>
    public static byte[] Derive(string secretAccessKey, string scope)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        var text = scope.AsSpan();
        foreach (var part in text.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text[part].ToString()));
        }

        return key;
    }
}
