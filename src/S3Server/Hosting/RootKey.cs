using System.Text.Json;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The root access key: brought along by a setting, or made at first start and kept in the data folder.</summary>
/// <param name="Id">The access key id.</param>
/// <param name="Secret">The secret access key.</param>
/// <param name="IsNew">Whether it was made just now, and is to be shown.</param>
internal sealed record RootKey(string Id, string Secret, bool IsNew)
{
    public const string FileName = "root-key.json";

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"RootKey {Id}";

    /// <exception cref="ConfigurationException">The file cannot be understood or may be read by others.</exception>
    public static RootKey Load(ServerOptions options)
    {
        if (options.RootAccessKey is { } id)
        {
            return new RootKey(id, options.RootSecretKey!, IsNew: false);
        }

        if (Read(options.DataFolder) is { } kept)
        {
            return kept;
        }

        var made = new RootKey(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), IsNew: true);
        SecretFile.Write(
            Path.Combine(options.DataFolder, FileName),
            $"{{ \"accessKeyId\": {Quote(made.Id)}, \"secretAccessKey\": {Quote(made.Secret)} }}\n");
        return made;
    }

    /// <summary>The key kept in a data folder; null when none is.</summary>
    public static RootKey? Read(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        if (SecretFile.Read(path) is not { } text)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            var id = json.RootElement.GetProperty("accessKeyId").GetString()!;
            var secret = json.RootElement.GetProperty("secretAccessKey").GetString()!;
            return AccessKeyRules.Refusal(id, secret) is { } refusal
                ? throw new ConfigurationException($"{path}: {refusal}")
                : new RootKey(id, secret, IsNew: false);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ConfigurationException($"{path} is not a key that this program wrote.");
        }
    }

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
