using System.Text;
using System.Text.Json;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Catalog;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>The root access key: brought along by a setting, or made at first start and kept in the data folder, on Cassandra in the catalog.</summary>
/// <param name="Id">The access key id.</param>
/// <param name="Secret">The secret access key.</param>
/// <param name="IsNew">Whether it was made just now, and is to be shown.</param>
internal sealed record RootKey(string Id, string Secret, bool IsNew)
{
    public const string FileName = "root-key.json";

    /// <summary>Its name among the store's own facts, where the store has no folder.</summary>
    private const string CatalogKey = "root-key";

    /// <summary>Reads the key as it is kept by then; null where it stays what it is.</summary>
    public Func<CancellationToken, ValueTask<RootKey?>>? Now { get; init; }

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"RootKey {Id}";

    /// <summary>The key to use, made and kept where there is none.</summary>
    /// <exception cref="ConfigurationException">What is kept cannot be understood or may be read by others.</exception>
    public static async Task<RootKey> LoadAsync(ServerOptions options, ICatalog catalog, CancellationToken cancellationToken)
    {
        if (options.Cassandra is null)
        {
            return Load(options);
        }

        return Given(options) ?? await LoadAsync(catalog, cancellationToken);
    }

    /// <summary>The same for a data folder.</summary>
    /// <exception cref="ConfigurationException">What is kept cannot be understood or may be read by others.</exception>
    public static RootKey Load(ServerOptions options)
    {
        if (Given(options) is { } given)
        {
            return given;
        }

        if (Read(options.DataFolder) is { } kept)
        {
            return kept;
        }

        var made = Make();
        SecretFile.Write(Path.Combine(options.DataFolder, FileName), made.ToJson());
        return made;
    }

    /// <summary>That of the settings; null when they have none.</summary>
    public static RootKey? Given(ServerOptions options) =>
        options.RootAccessKey is { } id ? new RootKey(id, options.RootSecretKey!, IsNew: false) : null;

    /// <summary>The key kept in a data folder; null when none is.</summary>
    public static RootKey? Read(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        return SecretFile.Read(path) is { } text ? Parse(text, path) : null;
    }

    /// <summary>The key kept in the catalog; null when none is.</summary>
    public static async Task<RootKey?> ReadAsync(ICatalog catalog, CancellationToken cancellationToken) =>
        await catalog.GetAsync(CatalogTable.Setting, CatalogKey, cancellationToken) is { Value: { } value }
            ? Parse(Encoding.UTF8.GetString(value), "The root key in the catalog")
            : null;

    /// <summary>What reads the key that is kept, as it is now; null where the settings give the key.</summary>
    public static Func<CancellationToken, ValueTask<RootKey?>>? Kept(ServerOptions options, ICatalog catalog) =>
        Given(options) is not null ? null
        : options.Cassandra is not null ? async token => await ReadAsync(catalog, token)
        : _ => ValueTask.FromResult(Read(options.DataFolder));

    /// <summary>Puts another key in the place of the one kept in a data folder, whether a server runs on it or not.</summary>
    /// <exception cref="ConfigurationException">None is kept there.</exception>
    public static RootKey Rotate(string dataFolder)
    {
        if (Read(dataFolder) is null)
        {
            throw new ConfigurationException($"There is no root key in {dataFolder}: \"serve\" makes one at its first start.");
        }

        var made = Make();
        SecretFile.Write(Path.Combine(dataFolder, FileName), made.ToJson());
        return made;
    }

    /// <summary>Puts another key in the place of the one kept in the catalog.</summary>
    /// <exception cref="ConfigurationException">None is kept there, or somebody else replaces it.</exception>
    public static async Task<RootKey> RotateAsync(ICatalog catalog, CancellationToken cancellationToken)
    {
        if (await catalog.GetAsync(CatalogTable.Setting, CatalogKey, cancellationToken) is not { Value: not null } kept)
        {
            throw new ConfigurationException("There is no root key in the catalog: \"serve\" makes one at its first start.");
        }

        var made = Make();
        var bytes = Encoding.UTF8.GetBytes(made.ToJson());
        var result = await catalog.WriteAsync(CatalogTable.Setting, CatalogKey, kept.Revision, bytes, cancellationToken);
        return result.Outcome == CatalogOutcome.Applied
            ? made
            : throw new ConfigurationException("The root key was not replaced, or may have been: \"key show\" tells which counts.");
    }

    /// <summary>Safe for several servers at once: one of them makes it.</summary>
    private static async Task<RootKey> LoadAsync(ICatalog catalog, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ReadAsync(catalog, cancellationToken) is { } kept)
            {
                return kept;
            }

            var made = Make();
            var bytes = Encoding.UTF8.GetBytes(made.ToJson());
            var result = await catalog.WriteAsync(CatalogTable.Setting, CatalogKey, null, bytes, cancellationToken);
            if (result.Outcome == CatalogOutcome.Applied)
            {
                return made;
            }
        }
    }

    private static RootKey Make() => new(AccessKeyRules.NewId(), AccessKeyRules.NewSecret(), IsNew: true);

    private static RootKey Parse(string text, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var id = json.RootElement.GetProperty("accessKeyId").GetString()!;
            var secret = json.RootElement.GetProperty("secretAccessKey").GetString()!;
            return (AccessKeyRules.Refusal(id, secret) ?? AccessKeyRules.Weakness(id, secret)) is { } refusal
                ? throw new ConfigurationException($"{path}: {refusal}")
                : new RootKey(id, secret, IsNew: false);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ConfigurationException($"{path} is not a key that this program wrote.");
        }
    }

    private string ToJson() => $"{{ \"accessKeyId\": {Quote(Id)}, \"secretAccessKey\": {Quote(Secret)} }}\n";

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
