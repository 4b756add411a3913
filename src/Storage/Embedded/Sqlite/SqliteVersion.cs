using SQLitePCL;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>
/// Refuses a SQLite with the WAL-reset defect: with two or more connections 3.7.0 to 3.51.2 can corrupt a database in WAL mode when the log
/// starts over. Fixed in 3.51.3, and in the backports 3.50.7 and 3.44.6. See https://sqlite.org/wal.html.
/// </summary>
internal static class SqliteVersion
{
    public static void ThrowIfUnsafe()
    {
        Batteries_V2.Init();
        var number = raw.sqlite3_libversion_number();
        if (!IsSafe(number))
        {
            var version = raw.sqlite3_libversion().utf8_to_string();
            throw new StoreUnavailableException(
                $"SQLite {version} can corrupt the index (WAL-reset defect); 3.51.3 or later, 3.50.7 or 3.44.6 is needed.");
        }
    }

    /// <summary>As SQLITE_VERSION_NUMBER: major × 1,000,000 + minor × 1,000 + patch.</summary>
    internal static bool IsSafe(int number) => number >= 3_051_003
        || number is >= 3_050_007 and < 3_051_000
        || number is >= 3_044_006 and < 3_045_000;
}
