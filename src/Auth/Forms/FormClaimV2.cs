using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Auth.Signatures;

namespace S3Cassandra.Auth.Forms;

/// <summary>A form's Signature V2: base64 of an HMAC-SHA1 over the policy as it was sent, in base64.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/HTTPPOSTForms.html"/>
internal sealed class FormClaimV2(string accessKeyId, string policy, string signature)
    : SignatureClaim(accessKeyId, SignatureVersion.V2, SignaturePlace.Form, SignedPayload.Unsigned)
{
    /// <inheritdoc/>
    public override SignatureVerdict Verify(string secretAccessKey)
    {
        var toSign = Encoding.UTF8.GetBytes(policy);
        var expected = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secretAccessKey), toSign));
        return secretAccessKey.Length > 0
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature))
                ? SignatureVerdict.Valid(Payload)
                : SignatureVerdict.Refused(SignatureMismatch.Describe(AccessKeyId, toSign, signature, []));
    }
}
