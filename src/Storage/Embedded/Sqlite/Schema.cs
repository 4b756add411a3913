namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>The tables of the index database, and how its connections are set up.</summary>
internal static class Schema
{
    /// <summary>The format that this code writes, in PRAGMA user_version; it opens no other.</summary>
    public const int Format = 1;

    /// <summary>PRAGMA application_id: "S3CE".</summary>
    public const int ApplicationId = 0x53334345;

    /// <summary>Bytes per page of the database.</summary>
    public const int PageSize = 8192;

    // The row table is clustered by its key and holds no bodies, so that a page of a listing reads neighbouring pages; bodies lie in a
    // table by number, which grows at its right edge. Every row carries a CRC-64/NVME, since SQLite's pages carry none.
    private const string Tables = """
        CREATE TABLE bucket (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, epoch INTEGER NOT NULL, record BLOB NOT NULL, sum INTEGER NOT NULL);
        CREATE TABLE row (
            bucket INTEGER NOT NULL, section INTEGER NOT NULL, key BLOB NOT NULL, suffix BLOB NOT NULL,
            ver BLOB NOT NULL, record BLOB NOT NULL, sum INTEGER NOT NULL, body INTEGER,
            PRIMARY KEY (bucket, section, key, suffix)) WITHOUT ROWID;
        CREATE TABLE part (
            bucket BLOB NOT NULL, upload BLOB NOT NULL, number INTEGER NOT NULL, stamp BLOB NOT NULL,
            record BLOB NOT NULL, sum INTEGER NOT NULL, body INTEGER,
            PRIMARY KEY (bucket, upload, number, stamp)) WITHOUT ROWID;
        CREATE TABLE body (id INTEGER PRIMARY KEY, data BLOB NOT NULL, sum INTEGER NOT NULL);
        CREATE TABLE suspect (
            since INTEGER NOT NULL, kind INTEGER NOT NULL, id BLOB NOT NULL,
            bucket BLOB, key BLOB, upload BLOB, unreferenced INTEGER,
            PRIMARY KEY (since, kind, id)) WITHOUT ROWID;
        CREATE TABLE catalog (
            space INTEGER NOT NULL, key BLOB NOT NULL, revision INTEGER NOT NULL, value BLOB, sum INTEGER NOT NULL,
            PRIMARY KEY (space, key)) WITHOUT ROWID;
        CREATE UNIQUE INDEX catalog_revision ON catalog (space, revision);
        """;

    /// <summary>Opens the connection that writes, making the tables where there are none.</summary>
    /// <exception cref="StoreUnavailableException">The folder holds something else, or another format.</exception>
    public static SqliteConnection OpenWriter(string path)
    {
        var connection = SqliteConnection.Open(path, readOnly: false);
        try
        {
            Prepare(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteConnection OpenReader(string path)
    {
        var connection = SqliteConnection.Open(path, readOnly: true);
        try
        {
            connection.Execute("PRAGMA query_only=ON; PRAGMA cache_size=-1024; PRAGMA cell_size_check=ON;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        var format = connection.QueryText("PRAGMA user_version");
        var isNew = format == "0" && connection.QueryText("SELECT count(*) FROM sqlite_schema") == "0";
        if (isNew)
        {
            connection.Execute($"PRAGMA page_size={PageSize};");
        }

        if (connection.QueryText("PRAGMA journal_mode=WAL") != "wal")
        {
            throw new StoreUnavailableException($"{path} cannot be used with a write-ahead log on this file system.");
        }

        // FULL: the log is synced at every commit; with NORMAL a power cut would take acknowledged commits back.
        // Checkpoints are the checkpointer's, never a commit's.
        connection.Execute(
            "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-16384; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=134217728;");
        if (isNew)
        {
            connection.Execute($"BEGIN IMMEDIATE; {Tables} PRAGMA application_id={ApplicationId}; PRAGMA user_version={Format}; COMMIT;");
        }
        else if (connection.QueryText("PRAGMA application_id") != $"{ApplicationId}" || format != $"{Format}")
        {
            throw new StoreUnavailableException($"{path} is of format {format}; this program reads and writes format {Format}.");
        }
    }
}
