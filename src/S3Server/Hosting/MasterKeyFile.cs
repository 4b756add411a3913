using System.Security.Cryptography;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Encryption;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>
/// The keys that wrap data keys: from a setting, or in the data folder, made at first start; on Cassandra from a setting or not at all. One
/// a line, NAME:BASE64, newest first: a line put before the others rotates the key.
/// </summary>
internal static class MasterKeyFile
{
    public const string FileName = "master-keys";

    /// <exception cref="ConfigurationException">A line is not a key, or others may read the file.</exception>
    public static KeyRing Load(ServerOptions options)
    {
        if (options.MasterKeys.Count > 0)
        {
            return Parse(options.MasterKeys, Settings.Named(Settings.MasterKeys)!.EnvironmentName);
        }

        if (options.Cassandra is not null)
        {
            // Keys in the cluster that they protect would protect nothing.
            return new KeyRing([]);
        }

        var path = Path.Combine(options.DataFolder, FileName);
        if (SecretFile.Read(path) is not { } text)
        {
            text = $"key-1:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.KeyLength))}\n";
            SecretFile.Write(path, text);
        }

        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Parse([.. lines.Where(line => line[0] != '#')], path);
    }

    private static KeyRing Parse(IReadOnlyList<string> lines, string origin)
    {
        var keys = new List<MasterKey>();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var key = new byte[MasterKey.KeyLength];
            if (colon <= 0 || !Convert.TryFromBase64String(line[(colon + 1)..], key, out var written) || written != key.Length)
            {
                throw new ConfigurationException($"{origin}: key {keys.Count + 1} is not NAME:BASE64 with 32 bytes.");
            }

            keys.Add(new MasterKey(line[..colon], key));
        }

        if (keys.Count == 0 || keys.DistinctBy(key => key.Id).Count() != keys.Count)
        {
            throw new ConfigurationException($"{origin} needs at least one key, each with a name of its own.");
        }

        return new KeyRing(keys);
    }
}
