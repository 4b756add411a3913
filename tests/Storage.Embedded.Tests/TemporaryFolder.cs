namespace S3Cassandra.Storage.Embedded.Tests;

/// <summary>A fresh folder, removed with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("s3-embedded-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
