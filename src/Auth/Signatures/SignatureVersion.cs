namespace S3Cassandra.Auth.Signatures;

/// <summary>AWS's two request signatures.</summary>
public enum SignatureVersion
{
    /// <summary>HMAC-SHA1 over a positional string (AWS: "Signing and authenticating REST requests (AWS signature version 2)").</summary>
    V2,

    /// <summary>AWS4-HMAC-SHA256 (AWS: "Authenticating Requests (AWS Signature Version 4)").</summary>
    V4,
}
