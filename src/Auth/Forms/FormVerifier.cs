using S3Cassandra.Auth.Signatures;
using S3Cassandra.Auth.Signatures.V4;

namespace S3Cassandra.Auth.Forms;

/// <summary>
/// The verifier of upload forms, in two pure steps as <see cref="SignatureVerifier"/> has them; what is signed is the form's policy. Safe for
/// concurrent use.
/// </summary>
public sealed class FormVerifier(SignatureOptions options)
{
    private readonly SigningKeyCache _keys = new();

    /// <summary>Reads the credential in a form's fields; <paramref name="service"/> is the scope's service (<c>s3</c>).</summary>
    public SignatureParse Parse(FormFields form, string service, DateTimeOffset now) => FormCredential.Read(form, service, options, now, _keys);
}
