using System.Text.Json;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage.Garbage;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>Where a check keeps its place, so that one that was broken off goes on there.</summary>
internal sealed class FsckPlaceFile(string file)
{
    /// <summary>Null where there is no such file: the check begins at the beginning.</summary>
    public FsckPosition? Read()
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), FsckPositionJson.Default.FsckPosition);
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException($"{file} is not the place of a check: {exception.Message}");
        }
    }

    /// <summary>Beside it first, so that a reader finds one place or the other, whole.</summary>
    public void Write(FsckPosition position)
    {
        var next = file + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(position, FsckPositionJson.Default.FsckPosition));
        File.Move(next, file, overwrite: true);
    }

    /// <summary>The check came to its end.</summary>
    public void Remove() => File.Delete(file);
}
