using System.Collections;
using System.Text.Json;

namespace S3Cassandra.S3Server.Configuration;

/// <summary>
/// The settings of one start, from the file, the environment and the flags; what comes later replaces what came before. Nothing unknown
/// passes.
/// </summary>
internal sealed class SettingValues
{
    /// <summary>Variables of the tests and of crash points, which are no settings.</summary>
    private static readonly string[] OtherVariables = ["S3CASSANDRA_TEST_", "S3CASSANDRA_CRASH_", "S3CASSANDRA_CONFIG"];

    private readonly Dictionary<string, (List<string> Values, string Origin)> _values = new(StringComparer.Ordinal);

    /// <exception cref="ConfigurationException">A setting is unknown or malformed.</exception>
    public static SettingValues Load(IReadOnlyList<string> flags, IDictionary environment)
    {
        var given = new SettingValues();
        given.AddFlags(flags, out var configurationFile);
        var values = new SettingValues();
        if ((configurationFile ?? environment["S3CASSANDRA_CONFIG"] as string) is { } file)
        {
            values.AddFile(file);
        }

        values.AddEnvironment(environment);
        foreach (var (name, value) in given._values)
        {
            values._values[name] = value;
        }

        return values;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.TryGetValue(name, out var found) ? found.Values[^1] : null;

    public IReadOnlyList<string> Many(string name) => _values.TryGetValue(name, out var found) ? found.Values : [];

    public bool? Switch(string name) => Text(name) switch
    {
        null => null,
        "on" or "true" or "yes" or "1" => true,
        "off" or "false" or "no" or "0" => false,
        var other => throw new ConfigurationException($"{Origin(name)}: \"{other}\" is neither on nor off."),
    };

    /// <summary>Where a setting came from, for messages.</summary>
    public string Origin(string name) => _values.TryGetValue(name, out var found) ? found.Origin : "--" + name;

    private void AddFlags(IReadOnlyList<string> flags, out string? configurationFile)
    {
        configurationFile = null;
        for (var index = 0; index < flags.Count; index++)
        {
            var flag = flags[index];
            if (!flag.StartsWith("--", StringComparison.Ordinal))
            {
                throw new ConfigurationException($"\"{flag}\" is neither a setting nor a value of one.");
            }

            var equals = flag.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? flag[2..] : flag[2..equals];
            var setting = name == "config" ? null : Settings.Named(name) ?? throw Unknown($"--{name}");
            var isBareSwitch = setting?.Kind is SettingKind.Switch
                && equals < 0
                && (index + 1 == flags.Count || flags[index + 1].StartsWith("--", StringComparison.Ordinal));
            string? value = isBareSwitch ? "on" : equals >= 0 ? flag[(equals + 1)..] : ++index < flags.Count ? flags[index] : null;
            if (string.IsNullOrEmpty(value))
            {
                throw new ConfigurationException($"--{name} needs a value.");
            }

            if (setting is null)
            {
                configurationFile = value;
            }
            else
            {
                Add(setting, [value], "--" + name);
            }
        }
    }

    private void AddEnvironment(IDictionary environment)
    {
        foreach (DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (!name.StartsWith(Setting.EnvironmentPrefix, StringComparison.Ordinal)
                || OtherVariables.Any(other => name.StartsWith(other, StringComparison.Ordinal)))
            {
                continue;
            }

            var setting = Settings.All.FirstOrDefault(candidate => candidate.EnvironmentName == name)
                ?? throw Unknown($"the environment variable {name}");
            var value = variable.Value as string ?? "";
            _values.Remove(setting.Name);
            Add(setting, setting.Kind is SettingKind.Many ? SplitList(value) : [value], name);
        }
    }

    private void AddFile(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                throw new ConfigurationException($"{file} is not a JSON object.");
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                var setting = Settings.Named(property.Name) ?? throw Unknown($"\"{property.Name}\" in {file}");
                Add(setting, ValuesOf(property, file), $"\"{property.Name}\" in {file}");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The configuration file {file} cannot be read: {failure.Message}");
        }
        catch (JsonException failure)
        {
            throw new ConfigurationException($"The configuration file {file} is not JSON: {failure.Message}");
        }
    }

    private static List<string> ValuesOf(JsonProperty property, string file) => property.Value.ValueKind switch
    {
        JsonValueKind.String => [property.Value.GetString()!],
        JsonValueKind.Number => [property.Value.GetRawText()],
        JsonValueKind.True => ["on"],
        JsonValueKind.False => ["off"],
        JsonValueKind.Array when property.Value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) =>
            [.. property.Value.EnumerateArray().Select(item => item.GetString()!)],
        _ => throw new ConfigurationException($"\"{property.Name}\" in {file} is not a text, a number, a truth value or a list of texts."),
    };

    private static List<string> SplitList(string value) =>
        [.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private void Add(Setting setting, List<string> values, string origin)
    {
        if (setting.Kind is not SettingKind.Many && (values.Count != 1 || _values.ContainsKey(setting.Name)))
        {
            throw new ConfigurationException($"{origin} is given more than once.");
        }

        if (_values.TryGetValue(setting.Name, out var before))
        {
            before.Values.AddRange(values);
        }
        else if (values.Count > 0)
        {
            _values[setting.Name] = (values, origin);
        }
    }

    private static ConfigurationException Unknown(string what) => new($"Unknown setting: {what}. \"serve --help\" lists them all.");
}
