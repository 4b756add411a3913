using System.Text;
using System.Text.RegularExpressions;
using S3Cassandra.Auth.Failures;

namespace S3Cassandra.Auth.Signatures;

/// <summary>
/// SignatureDoesNotMatch with what AWS shows of its own calculation, so that a client's author can compare. All of it follows from the
/// request; the calculated signature stays unsaid, and session tokens and customers' keys are hidden: an error ends up in many a log.
/// </summary>
internal static partial class SignatureMismatch
{
    private const string Hidden = "$1***";

    public static AuthFailure Describe(
        string accessKeyId, ReadOnlySpan<byte> stringToSign, ReadOnlySpan<char> provided, ReadOnlySpan<byte> canonicalRequest)
    {
        var text = WithoutSecrets(stringToSign);
        List<KeyValuePair<string, string>> details =
        [
            new("AWSAccessKeyId", accessKeyId),
            new("StringToSign", text),
            new("SignatureProvided", provided.ToString()),
            new("StringToSignBytes", HexDump(text)),
        ];
        if (!canonicalRequest.IsEmpty)
        {
            var canonical = WithoutSecrets(canonicalRequest);
            details.Add(new("CanonicalRequest", canonical));
            details.Add(new("CanonicalRequestBytes", HexDump(canonical)));
        }

        return new AuthFailure("SignatureDoesNotMatch", AuthFailures.SignatureMessage) { Details = details };
    }

    private static string WithoutSecrets(ReadOnlySpan<byte> signed) => Secrets().Replace(Encoding.UTF8.GetString(signed), Hidden);

    /// <summary>The values of headers (a line each) and of query parameters, as signatures of both versions spell them.</summary>
    [GeneratedRegex(
        @"((?:^x-amz-security-token:|^x-amz-(?:copy-source-)?server-side-encryption-customer-key:|[?&\n]x-amz-security-token=))[^&\n]*",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();

    private static string HexDump(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var dump = new StringBuilder(bytes.Length * 3);
        foreach (var value in bytes)
        {
            dump.Append(dump.Length == 0 ? "" : " ").Append(Convert.ToHexStringLower([value]));
        }

        return dump.ToString();
    }
}
