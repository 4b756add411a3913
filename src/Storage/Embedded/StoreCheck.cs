using S3Cassandra.Storage.Embedded.Files;
using S3Cassandra.Storage.Embedded.Sqlite;

namespace S3Cassandra.Storage.Embedded;

/// <summary>
/// What only this store can check, below the seams: the database itself, and that the blobs' folder holds blobs where reads look for them.
/// Contents are checked over the seams (Storage/Garbage).
/// </summary>
internal static class StoreCheck
{
    /// <summary>Reads the whole database. Runs on its caller's thread, for as long as that takes.</summary>
    public static List<StoreFinding> CheckDatabase(string path)
    {
        using var connection = Schema.OpenReader(path);
        var findings = new List<StoreFinding>();
        try
        {
            using var check = connection.Prepare("PRAGMA integrity_check(100)");
            while (check.Step())
            {
                if (check.Text(0) is var line && line != "ok")
                {
                    findings.Add(new StoreFinding(path, line, IsDamage: true));
                }
            }

            Count(connection, findings, path, isDamage: true, "bodies that a row or part refers to are missing", """
                SELECT count(*) FROM (SELECT body FROM row UNION ALL SELECT body FROM part) WHERE body IS NOT NULL AND body NOT IN (SELECT id FROM body)
                """);
            Count(connection, findings, path, isDamage: true, "bodies are referred to more than once", """
                SELECT count(*) FROM (SELECT body FROM (SELECT body FROM row UNION ALL SELECT body FROM part) WHERE body IS NOT NULL
                                      GROUP BY body HAVING count(*) > 1)
                """);
            Count(connection, findings, path, isDamage: false, "bodies are referred to by nothing", """
                SELECT count(*) FROM body WHERE id NOT IN
                    (SELECT body FROM (SELECT body FROM row UNION ALL SELECT body FROM part) WHERE body IS NOT NULL)
                """);
            Count(connection, findings, path, isDamage: true, "rows belong to no bucket",
                "SELECT count(*) FROM row WHERE bucket NOT IN (SELECT number FROM bucket)");
        }
        catch (SqliteException e)
        {
            findings.Add(new StoreFinding(path, e.Message, IsDamage: true));
        }

        return findings;
    }

    public static List<StoreFinding> CheckFolders(BlobPaths paths)
    {
        var findings = new List<StoreFinding>();
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(paths.Written)!))
        {
            if (entry != paths.Written && entry != paths.Kept)
            {
                findings.Add(new StoreFinding(entry, "is none of the store's", IsDamage: false));
            }
        }

        foreach (var hour in new[] { paths.Written, paths.Kept }.SelectMany(Directory.EnumerateFileSystemEntries))
        {
            if (!BlobPaths.TryParseHour(Path.GetFileName(hour), out _) || !Directory.Exists(hour))
            {
                findings.Add(new StoreFinding(hour, "is none of the store's", IsDamage: false));
                continue;
            }

            findings.AddRange(Directory.EnumerateFileSystemEntries(hour).Select(file => CheckFile(paths, file)).OfType<StoreFinding>());
        }

        return findings;
    }

    private static StoreFinding? CheckFile(BlobPaths paths, string file)
    {
        if (!BlobPaths.TryParseId(Path.GetFileName(file.AsSpan()), out var blob) || !File.Exists(file))
        {
            return new StoreFinding(file, "is none of the store's", IsDamage: false);
        }

        if (file != paths.WrittenPath(blob) && file != paths.KeptPath(blob))
        {
            return new StoreFinding(file, $"lies in the folder of another hour: nothing finds it there (blob {blob})", IsDamage: true);
        }

        var length = new FileInfo(file).Length;
        if (file == paths.KeptPath(blob) && File.Exists(paths.WrittenPath(blob)))
        {
            return new StoreFinding(file, $"blob {blob} is there twice", IsDamage: false);
        }

        return length % ChunkLayout.Page == 0 ? null : new StoreFinding(
            file, $"blob {blob} ends inside a page: its last chunk is cut short", IsDamage: file == paths.KeptPath(blob));
    }

    private static void Count(SqliteConnection connection, List<StoreFinding> findings, string path, bool isDamage, string what, string sql)
    {
        using var statement = connection.Prepare(sql);
        if (statement.Scalar() is > 0 and var count)
        {
            findings.Add(new StoreFinding(path, $"{count} {what}", isDamage));
        }
    }
}
