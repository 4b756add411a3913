using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>One key as S3's documentation describes it: a list of versions, newest first. Simple enough to be seen to be right.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html"/>
internal sealed class VersionModel
{
    /// <summary>Null bytes: a delete marker.</summary>
    public List<(VersionId Id, byte[]? Bytes)> Versions { get; } = [];

    public void Put(VersioningState state, VersionId id, byte[]? bytes)
    {
        switch (state)
        {
            case VersioningState.Unversioned:
                Versions.Clear();
                break;
            case VersioningState.Suspended:
                Versions.RemoveAll(version => version.Id.IsNull);
                break;
        }

        if (bytes is not null || state != VersioningState.Unversioned)
        {
            Versions.Insert(0, (id, bytes));
        }
    }

    public void Remove(VersionId id) => Versions.RemoveAll(version => version.Id == id);
}
