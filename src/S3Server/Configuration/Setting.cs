namespace S3Cassandra.S3Server.Configuration;

/// <summary>A setting: <c>--name</c> as a flag, <c>S3CASSANDRA_NAME</c> in the environment, <c>"name"</c> in the file.</summary>
/// <param name="Name">Lower case, words joined by hyphens.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Value">How help shows its value.</param>
/// <param name="Description">One line of help.</param>
internal sealed record Setting(string Name, SettingKind Kind, string Value, string Description)
{
    public const string EnvironmentPrefix = "S3CASSANDRA_";

    public string EnvironmentName => EnvironmentPrefix + Name.Replace('-', '_').ToUpperInvariant();
}
