namespace S3Cassandra.Auth.Signatures;

/// <summary>What a server demands of signatures.</summary>
public sealed record SignatureOptions
{
    /// <summary>The region that the credential scope must name.</summary>
    public required string Region { get; init; }

    /// <summary>Whether Signature V2 is accepted; where not, it is answered as AWS's newer regions do (400 InvalidRequest).</summary>
    public bool SignatureV2Allowed { get; init; } = true;

    /// <summary>How far a request's date may lie from the server's clock, either way (AWS: 15 minutes).</summary>
    public TimeSpan AllowedClockSkew { get; init; } = TimeSpan.FromMinutes(15);
}
