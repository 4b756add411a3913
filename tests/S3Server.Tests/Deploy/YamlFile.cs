using System.Text.Json;
using S3Cassandra.Support;

namespace S3Cassandra.S3Server.Tests.Deploy;

/// <summary>Reads YAML as JSON, by Debian's Python.</summary>
internal static class YamlFile
{
    private const string Script = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1], encoding='utf-8')))))";
    private const string Python = "/usr/bin/python3";

    /// <summary>The documents of a file of the repository, or of any file.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(string path)
    {
        Prerequisite.Require(
            Directory.Exists("/usr/lib/python3/dist-packages/yaml") && File.Exists(Python), "Python's yaml is missing: apt-get install python3-yaml");
        var token = TestContext.Current.CancellationToken;
        var result = await new Command(Python, "-c", Script, Path.Combine(RepositoryFolder.Root, path)).SucceedAsync(token);
        return [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray()];
    }
}
