using System.Text;
using S3Cassandra.Auth.Failures;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// SignatureDoesNotMatch with what AWS shows of its own calculation, so that a client's author can compare. All of it follows from the
/// request; the calculated signature stays unsaid.
/// </summary>
internal static class SignatureMismatch
{
    public static AuthFailure Describe(
        string accessKeyId, ReadOnlySpan<byte> stringToSign, ReadOnlySpan<char> provided, ReadOnlySpan<byte> canonicalRequest)
    {
        List<KeyValuePair<string, string>> details =
        [
            new("AWSAccessKeyId", accessKeyId),
            new("StringToSign", Encoding.UTF8.GetString(stringToSign)),
            new("SignatureProvided", provided.ToString()),
            new("StringToSignBytes", HexDump(stringToSign)),
        ];
        if (!canonicalRequest.IsEmpty)
        {
            details.Add(new("CanonicalRequest", Encoding.UTF8.GetString(canonicalRequest)));
            details.Add(new("CanonicalRequestBytes", HexDump(canonicalRequest)));
        }

        return new AuthFailure("SignatureDoesNotMatch", AuthFailures.SignatureMessage) { Details = details };
    }

    private static string HexDump(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 3);
        foreach (var value in bytes)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(Convert.ToHexStringLower([value]));
        }

        return text.ToString();
    }
}
