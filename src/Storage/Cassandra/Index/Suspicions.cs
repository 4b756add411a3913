using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Index;

/// <summary>What a commit would make garbage of.</summary>
internal static class Suspicions
{
    public static IEnumerable<Suspicion> Of(IndexCommit commit)
    {
        foreach (var blob in commit.Releases)
        {
            yield return Suspicion.Released(blob, new BlobOwner(commit.Bucket, commit.Key, null));
        }

        if (commit.EndsUpload is { } upload)
        {
            yield return Suspicion.Ended(commit.Bucket, commit.Key, upload);
        }
    }
}
