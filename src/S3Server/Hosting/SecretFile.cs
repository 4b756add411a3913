using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>A file that only its owner may read (0600), written whole or not at all.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Its text; null where there is none.</summary>
    /// <exception cref="ConfigurationException">Others may read it too.</exception>
    public static string? Read(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Secrets are kept in files with Unix permissions.");
        }

        if (!File.Exists(path))
        {
            return null;
        }

        var mode = File.GetUnixFileMode(path);
        return (mode & ~OwnerOnly) == 0
            ? File.ReadAllText(path)
            : throw new ConfigurationException($"{path} holds a secret and may be read by others (mode {Convert.ToString((int)mode, 8)}); make it 0600.");
    }

    public static void Write(string path, string text)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Secrets are kept in files with Unix permissions.");
        }

        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = new FileStream(
            fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
