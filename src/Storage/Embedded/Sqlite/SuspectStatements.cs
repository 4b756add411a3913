using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>Changes the rows of suspects.</summary>
internal sealed class SuspectStatements(SqliteConnection connection)
{
    private readonly Statement _mark = connection.Prepare("UPDATE suspect SET unreferenced=?4 WHERE since=?1 AND kind=?2 AND id=?3");
    private readonly Statement _markWritten = connection.Prepare(
        "INSERT OR REPLACE INTO suspect (since, kind, id, unreferenced) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _clear = connection.Prepare("DELETE FROM suspect WHERE since=?1 AND kind=?2 AND id=?3");

    public bool Mark(Suspect suspect, DateTimeOffset now)
    {
        // A written blob is named by its file; only this note needs a row.
        Address(suspect.Kind == SuspectKind.Written ? _markWritten : _mark, suspect).Bind(4, now.UtcTicks).Run();
        return true;
    }

    public bool Clear(IReadOnlyList<Suspect> suspects)
    {
        foreach (var suspect in suspects)
        {
            Address(_clear, suspect).Run();
        }

        return true;
    }

    private static Statement Address(Statement statement, Suspect suspect) => statement
        .Bind(1, suspect.Since.UtcTicks).Bind(2, (long)suspect.Kind).Bind(3, SuspectQueries.IdOf(suspect));
}
