namespace S3Cassandra.Support;

/// <summary>Where a server listens, and the key that may do everything there.</summary>
public sealed record S3Endpoint(Uri Address, string AccessKey, string SecretKey, string Region = "us-east-1")
{
    /// <summary>The token that goes with the key where that is temporary.</summary>
    public string? SessionToken { get; init; }

    public string Url => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>The environment from which the AWS clients take their key and region, with nothing of the user's own configuration.</summary>
    public Dictionary<string, string> AwsEnvironment => SessionToken is { } token ? new(Fixed) { ["AWS_SESSION_TOKEN"] = token } : Fixed;

    private Dictionary<string, string> Fixed => new()
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
        ["AWS_REGION"] = Region,
        ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_CONFIG_FILE"] = "/nonexistent",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["BOTO_CONFIG"] = "/nonexistent",
        ["S3_ENDPOINT"] = Url,
    };
}
