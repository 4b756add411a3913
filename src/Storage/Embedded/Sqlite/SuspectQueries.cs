using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Reads the suspects that have a row: all but most of those of <see cref="SuspectKind.Written"/>, which are files.</summary>
internal sealed class SuspectQueries(SqliteConnection connection)
{
    private const string Columns = "SELECT since, kind, id, bucket, key, upload, unreferenced FROM suspect";

    private readonly Statement _page = connection.Prepare(
        $"{Columns} WHERE (since, kind, id) > (?1, ?2, ?3) AND since < ?4 AND kind <> {(int)SuspectKind.Written} ORDER BY since, kind, id LIMIT ?5");

    private readonly Statement _written = connection.Prepare($"{Columns} WHERE since=?1 AND kind={(int)SuspectKind.Written} AND id=?2");

    /// <summary>Suspects after one that was read before (null: from the oldest), none of them of kind Written.</summary>
    public IReadOnlyList<Suspect> Page(Suspect? after, DateTimeOffset before, int limit)
    {
        _page.Bind(1, after?.Since.UtcTicks ?? -1).Bind(2, (long)(after?.Kind ?? 0)).Bind(3, after is null ? [] : IdOf(after));
        _page.Bind(4, before.UtcTicks).Bind(5, limit);
        var suspects = new List<Suspect>();
        while (_page.Step())
        {
            suspects.Add(SuspectOf(_page));
        }

        _page.Reset();
        return suspects;
    }

    /// <summary>What was noted of a blob's file: when a first look found no reference.</summary>
    public DateTimeOffset? UnreferencedSince(BlobId blob, DateTimeOffset since)
    {
        _written.Bind(1, since.UtcTicks).Bind(2, blob.Value);
        var noted = _written.Step() ? SuspectOf(_written).UnreferencedSince : null;
        _written.Reset();
        return noted;
    }

    public static byte[] IdOf(Suspect suspect) => suspect.Kind == SuspectKind.EndedUpload
        ? suspect.Owner!.Upload!.Value.ToBytes()
        : suspect.Blob.Value.ToByteArray(bigEndian: true);

    private static Suspect SuspectOf(Statement row)
    {
        var kind = (SuspectKind)row.Int32(1);
        var owner = row.IsNull(3) ? null : new BlobOwner(
            new BucketId(row.Guid(3)),
            ObjectKey.FromStored(row.Blob(4)),
            row.IsNull(5) ? null : UploadId.FromBytes(row.Blob(5)));
        return new Suspect(
            kind,
            kind == SuspectKind.EndedUpload ? default : new BlobId(row.Guid(2)),
            owner,
            new DateTimeOffset(row.Int64(0), TimeSpan.Zero),
            row.IsNull(6) ? null : new DateTimeOffset(row.Int64(6), TimeSpan.Zero));
    }
}
