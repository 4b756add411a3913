using System.Security.Cryptography;

namespace S3Cassandra.Auth.Credentials;

/// <summary>The ids that IAM gives what it makes: a prefix that says what it is, and 17 characters of base 32 (85 random bits). Never used again.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids"/>
public static class UniqueId
{
    public const string User = "AIDA";
    public const string Group = "AGPA";
    public const string Role = "AROA";
    public const string ManagedPolicy = "ANPA";

    /// <summary>A new one of a kind.</summary>
    public static string New(string prefix) => string.Concat(prefix, RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17));
}
