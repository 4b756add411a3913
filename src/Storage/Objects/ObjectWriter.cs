using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Objects;

/// <summary>Puts an object: its bytes, then its version.</summary>
public sealed class ObjectWriter(VersionWriter versions, BodyStorer bodies)
{
    public ValueTask<WriteOutcome> PutAsync(PutObjectCommand command, IObjectBody body, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{versions} {bodies} {command} {body} {cancellationToken}");
}
