namespace S3Cassandra.Auth.Signatures;

/// <summary>A signed request whose form and dates are in order, and whose signature waits for the secret of the access key it names.</summary>
public abstract class SignatureClaim
{
    private protected SignatureClaim(string accessKeyId, SignatureVersion version, SignaturePlace place, SignedPayload payload)
    {
        AccessKeyId = accessKeyId;
        Version = version;
        Place = place;
        Payload = payload;
    }

    /// <summary>The access key that the request names: untrusted text of at most 128 characters.</summary>
    public string AccessKeyId { get; }

    /// <summary>Which of AWS's signatures it is.</summary>
    public SignatureVersion Version { get; }

    /// <summary>Where it stood.</summary>
    public SignaturePlace Place { get; }

    /// <summary>The payload mode that it claims.</summary>
    public SignedPayload Payload { get; }

    /// <summary>
    /// The session token that came with the request, covered by its signature; untrusted text until it is opened. Null without one: then the
    /// key has to be a long-lived one.
    /// </summary>
    public string? SecurityToken { get; internal init; }

    /// <summary>Computes the signature with <paramref name="secretAccessKey"/> and compares in constant time. Pure; may be repeated.</summary>
    public abstract SignatureVerdict Verify(string secretAccessKey);
}
