using System.Text.RegularExpressions;

namespace S3Cassandra.Storage.Cassandra.Settings;

/// <summary>Names of keyspaces that need no quotes: lower-case letters, digits and underscores, a letter first, at most 48.</summary>
public static partial class KeyspaceName
{
    public static bool IsValid(string name) => Shape().IsMatch(name);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,47}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
