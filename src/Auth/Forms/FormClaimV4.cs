using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Signatures.V4;

namespace S3Cassandra.Auth.Forms;

/// <summary>A form's Signature V4: hex of an HMAC-SHA256 over the policy as it was sent, in base64.</summary>
internal sealed class FormClaimV4(CredentialScope credential, string policy, string signature, SigningKeyCache keys)
    : SignatureClaim(credential.AccessKeyId, SignatureVersion.V4, SignaturePlace.Form, SignedPayload.Unsigned)
{
    /// <inheritdoc/>
    public override SignatureVerdict Verify(string secretAccessKey)
    {
        var toSign = Encoding.UTF8.GetBytes(policy);
        var kept = keys.Find(AccessKeyId, secretAccessKey, credential.Scope);
        var key = kept ?? SigningKey.Derive(secretAccessKey, credential.Scope);
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, toSign)));
        if (secretAccessKey.Length == 0 || !CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature)))
        {
            return SignatureVerdict.Refused(SignatureMismatch.Describe(AccessKeyId, toSign, signature, []));
        }

        if (kept is null)
        {
            keys.Keep(AccessKeyId, secretAccessKey, credential.Scope, key);
        }

        return SignatureVerdict.Valid(Payload);
    }
}
