using System.Security.Cryptography;

namespace S3Cassandra.Auth.Credentials;

/// <summary>
/// How access keys are made and which are accepted when an operator brings one along. A made one has AWS's lengths: an id of 20
/// upper-case characters beginning with AKIA, a secret of 40 (240 random bits). One that is brought along follows MinIO's rules
/// (an id of 3 to 20, a secret of 8 to 40 characters) with wider upper bounds, and must not be a product's well-known default.
/// </summary>
public static class AccessKeyRules
{
    /// <summary>The shortest id accepted.</summary>
    public const int MinIdLength = 3;

    /// <summary>The longest id accepted, and the longest that a request may name (AWS's data type for AccessKeyId).</summary>
    public const int MaxIdLength = 128;

    /// <summary>The shortest secret accepted: 8, as MinIO refuses less.</summary>
    public const int MinSecretLength = 8;

    /// <summary>The longest secret accepted.</summary>
    public const int MaxSecretLength = 128;

    /// <summary>How many random bytes a made secret is the base64 of.</summary>
    public const int SecretBytes = 30;

    private const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly string[] DefaultSecrets =
        ["minioadmin", "rustfsadmin", "admin123", "password", "secretkey", "changeme", "default123", "12345678", "123456789", "1234567890"];

    /// <summary>The secrets of AWS's documentation, which every scanner tries. <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html"/></summary>
    private static readonly string[] SampleSecrets =
        ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"];

    /// <summary>A random id: AKIA and 16 characters of base 32, as AWS's.</summary>
    public static string NewId() => string.Concat("AKIA", RandomNumberGenerator.GetString(IdCharacters, 16));

    /// <summary>A random id of temporary credentials: ASIA and 16 characters.</summary>
    public static string NewSessionId() => string.Concat("ASIA", RandomNumberGenerator.GetString(IdCharacters, 16));

    /// <summary>A random secret of 40 characters of base 64.</summary>
    public static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>
    /// Why <paramref name="id"/> and <paramref name="secret"/> are no acceptable key: a sentence without the secret; null when they are. What
    /// is only weak is left to <see cref="Weakness"/>.
    /// </summary>
    public static string? Refusal(string id, string secret)
    {
        if (id.Length is < MinIdLength or > MaxIdLength)
        {
            return $"The access key id must have {MinIdLength} to {MaxIdLength} characters.";
        }

        if (id.AsSpan().ContainsAnyExceptInRange('!', '~') || id.AsSpan().ContainsAny("/=,:"))
        {
            return "The access key id must be printable ASCII without spaces and without any of / = , :";
        }

        if (secret.Length is 0 or > MaxSecretLength)
        {
            return $"The secret access key must have {MinSecretLength} to {MaxSecretLength} characters.";
        }

        if (secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return "The secret access key must be printable ASCII without spaces.";
        }

        return null;
    }

    /// <summary>
    /// Why a key is one that others find out or know: a sentence without the secret; null when it is not. Good for trying things out, and for
    /// nothing else.
    /// </summary>
    public static string? Weakness(string id, string secret)
    {
        if (secret.Length < MinSecretLength)
        {
            return $"The secret access key must have {MinSecretLength} to {MaxSecretLength} characters.";
        }

        if (secret == id || DefaultSecrets.Contains(secret, StringComparer.OrdinalIgnoreCase))
        {
            return "The secret access key is a well-known default or the access key id itself; choose a random one.";
        }

        return SampleSecrets.Contains(secret, StringComparer.Ordinal) ? "This key stands in AWS's documentation and everybody knows it." : null;
    }
}
