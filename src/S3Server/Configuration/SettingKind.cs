namespace S3Cassandra.S3Server.Configuration;

/// <summary>What a setting holds.</summary>
internal enum SettingKind
{
    Text,

    /// <summary>Given any number of times: a JSON array, repeated flags, or separated by commas in the environment.</summary>
    Many,

    /// <summary>on or off; a flag alone means on.</summary>
    Switch,
}
